import { z } from "zod";
import { machineNow } from "../../sandbox/clock/machine-now.ts";
import { broken, type Check, type Deployment, fine, warning } from "./check.ts";

const health = z.object({
  status: z.literal("ok"),
  configured: z.boolean(),
  malformed: z.array(z.string()).default([]),
  version: z.string(),
});
const largestClockDifference = 60_000;

export const serverChecks: readonly Check[] = [
  {
    name: "address",
    stops: true,
    async run({ origin, ask }) {
      const { protocol, hostname } = new URL(origin);
      const isLocal = hostname === "localhost";
      if (protocol === "http:" && !isLocal)
        return broken(`${origin} is not https`, "Use the https address: passkeys and cookies need it.");
      const response = await ask("/health");
      if (response === null)
        return broken("nothing answers there", "Check the address, DNS, and that `npm run deploy` went through.");
      if (response.status === 421)
        return broken(
          "the server answers under another host name",
          `Set PUBLIC_URL to ${origin}, or use the configured address.`,
        );
      if (!health.safeParse(await response.json().catch(() => null)).success)
        return broken(
          "something else answers there",
          "Check that the route of this host leads to the Ringbridge worker.",
        );
      return isLocal
        ? warning("a server on this computer", "Assistants on the web (Claude, ChatGPT) cannot reach it.")
        : fine("answers over https");
    },
  },
  {
    name: "settings",
    stops: true,
    async run({ ask }) {
      const response = await ask("/health");
      const parsed = health.safeParse(await response?.json().catch(() => null));
      if (!parsed.success) return broken("/health cannot be read", "See the finding on the address.");
      const { configured, malformed, version } = parsed.data;
      if (configured && malformed.length > 0)
        return warning(
          `complete, version ${version}, but malformed and not applied: ${malformed.join(", ")}`,
          "Correct each; .dev.vars.example shows their form. Until then their defaults apply.",
        );
      if (configured) return fine(`complete, version ${version}`);
      const said = (await (await ask("/panel"))?.text()) ?? "";
      const missing = /settings: ([A-Z_, ]+)\./.exec(said)?.[1] ?? "some";
      return broken(
        `missing or malformed: ${missing}`,
        /OAUTH_KV|RING_AGENT|REGISTRY/.test(missing)
          ? "The worker was deployed without these bindings: deploy it with the wrangler.toml of this repository."
          : "Set them with `npm run deploy`, or each with `npx wrangler secret put NAME`.",
      );
    },
  },
  {
    name: "clock",
    async run({ ask }) {
      const response = await ask("/health");
      const difference = Math.abs(Date.parse(response?.headers.get("date") ?? "") - machineNow());
      if (Number.isNaN(difference)) return fine("unknown: a local server sends no date");
      if (difference <= largestClockDifference) return fine("agrees with this computer's");
      const minutes = Math.round(difference / 60_000);
      return warning(`differs by ${minutes} min from this computer's`, "Set this computer's clock and run this again.");
    },
  },
  { name: "page headers", run: inspectHeaders },
];

async function inspectHeaders({ origin, ask }: Deployment) {
  const headers = (await ask("/"))?.headers;
  if (!headers) return broken("the start page does not answer", "See the finding on the address.");
  const wanted: [string, RegExp][] = [
    ["content-security-policy", /default-src 'none'.*frame-ancestors 'none'/],
    ["x-content-type-options", /nosniff/],
    ["referrer-policy", /no-referrer/],
    ["x-frame-options", /DENY/],
  ];
  if (origin.startsWith("https:")) wanted.push(["strict-transport-security", /max-age=\d{7,}/]);
  const absent = wanted.filter(([name, pattern]) => !pattern.test(headers.get(name) ?? "")).map(([name]) => name);
  return absent.length === 0
    ? fine("policy, framing, referrer and transport as they should be")
    : broken(
        `missing or changed: ${absent.join(", ")}`,
        "A proxy in front of the worker changes headers: turn that off.",
      );
}
