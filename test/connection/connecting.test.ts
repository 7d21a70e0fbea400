import { describe, expect, it } from "vitest";
import { finishConnecting, finishTakeOver } from "../../src/connection/connecting.ts";
import { createConnection } from "../../src/connection/connection.ts";
import { AppError } from "../../src/errors.ts";
import { createGate } from "../../src/oura/gate.ts";
import type { ScopeName } from "../../src/oura/scopes.ts";
import { permissionsTool } from "../../src/tools/permissions-tool.ts";
import { createMemoryStorage } from "../support/memory-storage.ts";

/** The scope Oura requires for each route. */
const scopeOf: Readonly<Record<string, ScopeName>> = {
  daily_sleep: "daily",
  heartrate: "heartrate",
  daily_spo2: "spo2",
  workout: "workout",
  session: "session",
  enhanced_tag: "tag",
  ring_configuration: "ring_configuration",
  daily_resilience: "stress",
  daily_cardiovascular_age: "heart_health",
};

interface Scene {
  /** What the token has. */
  granted: readonly ScopeName[];
  /** `scope` of the token response and of the redirect; left out where undefined. */
  tokenScope?: string;
  callbackScope?: string;
  isTaken?: boolean;
  /** The account that already uses the Oura account. */
  holder?: string;
  takeOver?: () => Promise<"taken_over" | "no_place">;
  /** Answers a data route in place of Oura. */
  answer?: (route: string) => Response | null;
}

function open(scene: Scene) {
  const { granted, tokenScope, isTaken = false, answer = () => null } = scene;
  const { storage } = createMemoryStorage();
  const reads: string[] = [];
  const now = () => Date.UTC(2026, 10, 22);

  async function ouraFetch(input: RequestInfo | URL): Promise<Response> {
    const { pathname } = new URL(String(input));
    if (pathname.endsWith("oauth-token"))
      return Response.json({
        access_token: "access",
        refresh_token: "refresh",
        expires_in: 86_400,
        ...(tokenScope === undefined ? {} : { scope: tokenScope }),
      });
    if (pathname.endsWith("oauth-revoke")) return new Response(null);
    const route = pathname.replace("/v2/usercollection/", "");
    reads.push(route);
    const given = answer(route);
    if (given) return given;
    if (route === "personal_info")
      return Response.json({ id: "person", ...(granted.includes("personal") ? { age: 41 } : {}) });
    const scope = scopeOf[route];
    if (scope && !granted.includes(scope))
      return Response.json({ detail: `Token is not authorized access ${scope} scope.` }, { status: 401 });
    return Response.json({ data: [], next_token: null });
  }

  const config = {
    clientId: "id",
    clientSecret: "secret",
    apiUrl: "https://oura.test",
    authorizeUrl: "https://oura.test/oauth-authorize",
    tokenUrl: "https://oura.test/oauth-token",
    revokeUrl: "https://oura.test/oauth-revoke",
  };
  const tokenKeys = [{ id: "k1", key: new Uint8Array(32).fill(1) }];
  const shared = { config, tokenKeys, accountId: "account", storage, fetch: ouraFetch as typeof fetch, now };
  const connection = createConnection(shared);
  const transport = {
    fetch: shared.fetch,
    sleep: async () => {},
    random: () => 0,
    gate: createGate(6),
    apiUrl: config.apiUrl,
  };
  const owners = {
    claimOwner: async () => (isTaken ? ("taken" as const) : ("claimed" as const)),
    findHolder: async () => scene.holder ?? null,
    takeOver: scene.takeOver ?? (async () => "taken_over" as const),
  };
  return { dependencies: { ...shared, transport, connection, owners }, connection, reads };
}

async function connect(scene: Scene) {
  const opened = open(scene);
  const callback = { code: "code", redirectUri: "https://x.test", verifier: "v", scope: scene.callbackScope ?? null };
  const result = await finishConnecting(opened.dependencies, callback);
  return { ...opened, result, state: await opened.connection.state() };
}

describe("the scopes of a new connection", () => {
  it("are those of the token response", async () => {
    const { state, reads } = await connect({
      granted: ["daily"],
      tokenScope: "extapi:daily",
      callbackScope: "daily tag",
    });
    expect(state).toMatchObject({ kind: "connected", scopes: ["daily"], areScopesProven: false });
    expect(reads).toEqual(["personal_info"]);
  });

  it.each([undefined, "", "openid"])("are those of the redirect where the response says %s", async (tokenScope) => {
    const scene = { granted: ["daily", "tag"] as const, callbackScope: "extapi:daily extapi:tag" };
    const { state } = await connect({ ...scene, ...(tokenScope === undefined ? {} : { tokenScope }) });
    expect(state).toMatchObject({ scopes: ["daily", "tag"], areScopesProven: false });
  });

  it.each<[ScopeName[]]>([[["daily", "spo2", "tag"]], [["ring_configuration", "stress", "personal"]], [["heartrate"]]])(
    "are those that reads prove where neither names any: %s",
    async (granted) => {
      const { state } = await connect({ granted });
      expect(state).toMatchObject({ kind: "connected", areScopesProven: true });
      expect(state.kind !== "not_connected" && state.scopes.toSorted()).toEqual(granted.toSorted());
    },
  );

  it("are none where the person left nothing ticked, said or proven", async () => {
    expect((await connect({ granted: [], callbackScope: "" })).result).toEqual({ kind: "nothing_granted" });
    expect((await connect({ granted: [] })).result).toEqual({ kind: "nothing_granted" });
  });

  it("are not guessed while Oura cannot be read: connecting fails and can be tried again", async () => {
    const failing = connect({
      granted: ["daily"],
      answer: (route) => (route === "workout" ? new Response("", { status: 503 }) : null),
    });
    await expect(failing).rejects.toThrow(AppError);
  });

  it("stay proven through a take-over", async () => {
    const { dependencies, connection, result } = await connect({ granted: ["daily"], isTaken: true });
    expect(result).toEqual({ kind: "taken" });
    await finishTakeOver(dependencies, async () => {});
    expect(await connection.state()).toMatchObject({ scopes: ["daily"], areScopesProven: true });
  });
});

describe("a take-over", () => {
  /** An account that asks for the connection of the account "holder", and the steps of the take-over as they end. */
  async function askFor(registryAnswers: "taken_over" | "no_place" = "taken_over") {
    const steps: string[] = [];
    const takeOver = async () => {
      steps.push("the place moves");
      return registryAnswers;
    };
    const opened = await connect({ granted: ["daily"], isTaken: true, holder: "holder", takeOver });
    expect(opened.result).toEqual({ kind: "taken" });
    return { ...opened, steps };
  }

  it("deletes the tokens of the other account before its place moves and the new tokens are stored", async () => {
    const { dependencies, connection, steps } = await askFor();
    await finishTakeOver(dependencies, async (holder) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      steps.push(`${holder} is without tokens, the new account ${(await connection.state()).kind}`);
    });
    expect(steps).toEqual(["holder is without tokens, the new account not_connected", "the place moves"]);
    expect((await connection.state()).kind).toBe("connected");
    await expect(finishTakeOver(dependencies, async () => {})).rejects.toMatchObject({
      failure: { kind: "connect_expired" },
    });
  });

  it("changes nothing when the other account cannot be reached, and can be tried again", async () => {
    const { dependencies, connection, steps } = await askFor();
    const lost = finishTakeOver(dependencies, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new Error("the object was interrupted");
    });
    await expect(lost).rejects.toThrow("the object was interrupted");
    expect([steps, (await connection.state()).kind]).toEqual([[], "not_connected"]);
    await finishTakeOver(dependencies, async () => {});
    expect((await connection.state()).kind).toBe("connected");
  });

  it("stores no tokens when the place is gone", async () => {
    const { dependencies, connection } = await askFor("no_place");
    const refused = finishTakeOver(dependencies, async () => {});
    await expect(refused).rejects.toMatchObject({ failure: { kind: "not_registered" } });
    expect((await connection.state()).kind).toBe("not_connected");
  });
});

it("says in the permissions tool that reads showed the permissions", async () => {
  const answerOf = async (isProvenByReads: boolean) =>
    permissionsTool.ask({}).answer({
      access: { oura: ["daily"], assistant: ["daily"], isProvenByReads },
      standing: { kind: "connected" },
      panelUrl: "https://ringbridge.test/panel",
    });
  expect((await answerOf(true)).summary).toContain("Ōura did not say which permissions it granted");
  expect((await answerOf(false)).summary).not.toContain("did not say");
});
