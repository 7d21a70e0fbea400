import { z } from "zod";
import { broken, type Check, type Deployment, type Finding, fine, warning } from "./check.ts";

const appCheck = z.object({ oura_app: z.enum(["accepted", "refused", "unknown"]) });
const overview = z.object({
  capacity: z.number(),
  capacity_set_by: z.enum(["operator", "setting"]),
  troubles_today: z.record(z.string(), z.number()),
});

export function operatorChecks(key: string | null): readonly Check[] {
  return [
    { name: "Ōura app", run: (deployment) => withKey(deployment, key, checkApp) },
    { name: "today", run: (deployment) => withKey(deployment, key, checkCounts) },
  ];
}

type Ask = (command: object) => Promise<unknown>;

async function withKey({ ask }: Deployment, key: string | null, check: (ask: Ask) => Promise<Finding>) {
  if (key === null)
    return warning("not asked", "Set OPERATOR_KEY in the environment to the key the server has, and run this again.");
  let status: number | null = null;
  const finding = await check(async (command) => {
    const response = await ask("/operator", {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(command),
    });
    status = response?.status ?? null;
    return response?.json().catch(() => null);
  });
  if (status === 401)
    return broken("the server has another operator key", "Set OPERATOR_KEY here to the server's key.");
  if (status === 429) return warning("not answered: asked too often within a minute", "Run this again in a minute.");
  if (status === 404) return warning("the server has no operator key", "Set OPERATOR_KEY on the server to check this.");
  return finding;
}

async function checkApp(ask: Ask): Promise<Finding> {
  const parsed = appCheck.safeParse(await ask({ command: "check" }));
  if (!parsed.success) return broken("the command `check` is not understood", "Deploy this version.");
  switch (parsed.data.oura_app) {
    case "accepted":
      return fine("Ōura accepts its id and secret");
    case "refused":
      return broken(
        "Ōura refuses its id or secret, so nobody can connect and no connection can be renewed",
        "Run `npm run deploy -- --ask-again` and enter both as your Ōura app shows them. Connections are kept.",
      );
    case "unknown":
      return warning("Ōura did not say whether it accepts its id and secret", "Run this again in some minutes.");
  }
}

async function checkCounts(ask: Ask): Promise<Finding> {
  const parsed = overview.safeParse(await ask({ command: "status" }));
  if (!parsed.success) return broken("the command `status` is not understood", "Deploy this version.");
  const { troubles_today: counts, capacity, capacity_set_by } = parsed.data;
  const met = (kind: string) => counts[kind] ?? 0;
  if (met("key_changed") > 0)
    return broken(
      `${met("key_changed")} times a connection could not be decrypted`,
      "A key was removed from TOKEN_KEYS: put it back behind the first one. Otherwise people press Reconnect once.",
    );
  if (met("app_refused") > 0)
    return warning(
      `${met("app_refused")} times Ōura refused the app's id or secret`,
      "The check above says whether it still does.",
    );
  const places = `${capacity} places, set by ${capacity_set_by === "operator" ? "the command `capacity`" : "BETA_CAPACITY"}`;
  return fine(`no failed connections by keys or secrets; ${places}`);
}
