import { describe, expect, it } from "vitest";
import { createConnection } from "../../src/connection/connection.ts";
import { AppError } from "../../src/errors.ts";
import { createMemoryStorage } from "../support/memory-storage.ts";

const minute = 60_000;
const day = 86_400_000;

/** A connection whose token endpoint returns scripted answers, with a clock that the test moves. */
function connected(answers: (() => Response | Promise<Response>)[] = []) {
  const disk = createMemoryStorage();
  const clock = { now: Date.UTC(2026, 10, 22) };
  const sent: URLSearchParams[] = [];
  const keys = { ring: [{ id: "k1", key: new Uint8Array(32).fill(1) }] };
  const open = (options: { longestWaitMilliseconds?: number; accountId?: string } = {}) =>
    createConnection({
      accountId: "person",
      ...options,
      storage: disk.storage,
      get tokenKeys() {
        return keys.ring;
      },
      now: () => clock.now,
      config: {
        clientId: "id",
        clientSecret: "secret",
        apiUrl: "https://oura.test",
        authorizeUrl: "https://oura.test/oauth-authorize",
        tokenUrl: "https://oura.test/oauth-token",
        revokeUrl: "https://oura.test/oauth-revoke",
      },
      fetch: async (_input, init) => {
        sent.push(new URLSearchParams(String(init?.body)));
        const answer = answers.shift();
        if (!answer) throw new Error("no answer is scripted");
        return answer();
      },
    });
  const connection = open();
  const tokens = { accessToken: "access-1", refreshToken: "refresh-1", expiresAt: clock.now + day, scopes: null };
  return {
    disk,
    clock,
    sent,
    keys,
    open,
    connection,
    connect: () => connection.connect(tokens, { names: ["daily", "spo2"], areProven: false }),
  };
}

function issued(number: number) {
  return () =>
    Response.json({ access_token: `access-${number}`, refresh_token: `refresh-${number}`, expires_in: 86_400 });
}

async function kindOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no failure",
    (error: unknown) => (error instanceof AppError ? error.failure.kind : String(error)),
  );
}

describe("a connection", () => {
  it("stores its tokens encrypted, for its own account only", async () => {
    const { connect, connection, disk, open } = connected();
    expect(await connection.state()).toEqual({ kind: "not_connected" });
    await connect();
    expect(await connection.state()).toMatchObject({ kind: "connected", scopes: ["daily", "spo2"] });
    expect(await connection.current()).toBe("access-1");
    expect(JSON.stringify([...disk.values])).not.toMatch(/access-1|refresh-1/);
    expect(await kindOf(open({ accountId: "somebody-else" }).current())).toBe("key_changed");
  });

  it("says that the key changed, keeps the tokens, and works again once the key is back", async () => {
    const { connect, disk, open, keys } = connected();
    await connect();
    const kept = JSON.stringify([...disk.values]);
    const [lost] = keys.ring;
    keys.ring = [{ id: "k2", key: new Uint8Array(32).fill(2) }];
    expect(await open().state()).toMatchObject({ kind: "key_changed", scopes: ["daily", "spo2"] });
    expect(await kindOf(open().current())).toBe("key_changed");
    expect(await kindOf(open().replace("access-1"))).toBe("key_changed");
    expect(JSON.stringify([...disk.values])).toBe(kept);
    if (lost) keys.ring.push(lost);
    expect(await open().state()).toMatchObject({ kind: "connected" });
    expect(await open().current()).toBe("access-1");
  });

  it("is disconnected without revoking when no key decrypts its tokens", async () => {
    const { connect, open, keys, disk, sent } = connected();
    await connect();
    keys.ring = [{ id: "k2", key: new Uint8Array(32).fill(2) }];
    expect(await open().disconnect({ revoke: true })).toBe(false);
    expect([disk.values.size, sent.length]).toEqual([0, 0]);
  });

  it("is refreshed before it expires, once for all parallel callers", async () => {
    const { connect, connection, clock, sent } = connected([issued(2)]);
    await connect();
    clock.now += day - 4 * minute;
    const answers = await Promise.all(Array.from({ length: 50 }, () => connection.current()));
    expect(new Set(answers)).toEqual(new Set(["access-2"]));
    expect(sent.map((body) => body.get("refresh_token"))).toEqual(["refresh-1"]);
  });

  it("writes the new pair to disk in the same event-loop turn in which it reads Oura's answer", async () => {
    let answer: (text: string) => void = () => {};
    const body = new Promise<string>((resolve) => (answer = resolve));
    const response = new Response();
    response.text = () => body;
    const { connect, connection, clock, disk } = connected([() => response]);
    await connect();
    clock.now += day;
    const before = JSON.stringify(disk.values.get("connection"));
    const renewed = connection.current();
    await expect.poll(() => JSON.stringify(disk.values.get("connection"))).not.toBe(before); // the start is recorded
    const noted = JSON.stringify(disk.values.get("connection"));
    let turns = 0;
    setTimeout(() => {
      turns += 1; // would run before any code of a later turn
    });
    answer(JSON.stringify({ access_token: "access-2", refresh_token: "refresh-2", expires_in: 86_400 }));
    expect(await renewed).toBe("access-2");
    expect([turns, JSON.stringify(disk.values.get("connection")) === noted]).toEqual([0, false]);
  });

  it("writes the new pair to disk before any call uses it", async () => {
    const { connect, connection, clock, open } = connected([issued(2)]);
    await connect();
    clock.now += day;
    await connection.current();
    expect(await open().current()).toBe("access-2");
  });

  it("is refreshed once when Oura refuses the token of many parallel calls", async () => {
    const { connect, connection, sent } = connected([issued(2)]);
    await connect();
    const answers = await Promise.all(Array.from({ length: 20 }, () => connection.replace("access-1")));
    expect(new Set(answers)).toEqual(new Set(["access-2"]));
    expect(sent).toHaveLength(1);
    expect(await connection.replace("access-1")).toBe("access-2");
    expect(sent).toHaveLength(1);
  });

  it("needs reconnecting only when Oura says that the grant is invalid", async () => {
    const dead = () =>
      Response.json({ error: "invalid_grant", error_description: "Refresh token already used." }, { status: 400 });
    const { connect, connection, clock, disk } = connected([dead]);
    await connect();
    clock.now += day;
    expect(await kindOf(connection.current())).toBe("needs_reconnect");
    expect(await connection.state()).toMatchObject({ kind: "needs_reconnect", scopes: ["daily", "spo2"] });
    expect(JSON.stringify([...disk.values])).toContain('"sealed":null');
    await connect();
    expect((await connection.state()).kind).toBe("connected");
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ["a 503", () => new Response("busy", { status: 503 })],
    ["a timeout", () => Promise.reject(new DOMException("late", "TimeoutError"))],
    ["garbage", () => new Response("<html>")],
    ["an answer without tokens", () => Response.json({ access_token: "only-half" })],
  ])("after %s keeps its tokens, waits, and retries with the same refresh token", async (_name, trouble) => {
    const { connect, connection, clock, sent } = connected([trouble, issued(2)]);
    await connect();
    clock.now += day;
    expect(await kindOf(connection.current())).toBe("refresh_uncertain");
    expect(await kindOf(connection.current())).toBe("refresh_uncertain"); // too soon: no second request to Oura
    expect(sent).toHaveLength(1);
    clock.now += 31_000;
    expect(await connection.current()).toBe("access-2");
    expect(sent.map((body) => body.get("refresh_token"))).toEqual(["refresh-1", "refresh-1"]);
  });

  it.each([
    ["a wrong secret", 401, "invalid_client"],
    ["a wrong id", 400, "invalid_client"],
    ["an app that may not refresh", 400, "unauthorized_client"],
    ["an app that this endpoint does not know", 400, "invalid_request"],
    ["a refusal without a code", 401, ""],
  ])("after %s keeps its tokens, and says for half a minute that the app is refused", async (_name, status, error) => {
    const refusal = () => Response.json({ error }, { status });
    const { connect, connection, clock, sent, open } = connected([refusal, refusal, refusal, issued(2)]);
    await connect();
    clock.now += day;
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect(await kindOf(connection.current())).toBe("oura_app_refused");
      expect(await kindOf(open().current())).toBe("oura_app_refused"); // too soon: no second request to Oura
      expect(sent).toHaveLength(attempt);
      expect((await connection.state()).kind).toBe("connected");
      clock.now += 31_000; // the wait does not grow, so that a corrected secret works soon
    }
    expect(await connection.current()).toBe("access-2");
    expect(new Set(sent.map((body) => body.get("refresh_token")))).toEqual(new Set(["refresh-1"]));
  });

  it("uses the old access token until it expires when Oura refuses the app", async () => {
    const { connect, connection, clock } = connected([
      () => Response.json({ error: "invalid_client" }, { status: 401 }),
    ]);
    await connect();
    clock.now += day - 4 * minute;
    expect(await connection.current()).toBe("access-1");
    clock.now += 5 * minute;
    expect((await connection.state()).kind).toBe("connected");
  });

  it("uses the old access token until it expires when an early refresh is uncertain", async () => {
    const { connect, connection, clock } = connected([() => new Response("busy", { status: 503 })]);
    await connect();
    clock.now += day - 4 * minute;
    expect(await connection.current()).toBe("access-1");
    expect(await connection.current()).toBe("access-1");
  });

  it("waits longer after each uncertain refresh", async () => {
    const busy = () => new Response("busy", { status: 503 });
    const { connect, connection, clock, sent } = connected([busy, busy, issued(2)]);
    await connect();
    clock.now += day;
    await kindOf(connection.current());
    clock.now += 31_000;
    await kindOf(connection.current());
    clock.now += 31_000;
    expect(await kindOf(connection.current())).toBe("refresh_uncertain");
    expect(sent).toHaveLength(2);
    clock.now += 31_000;
    expect(await connection.current()).toBe("access-2");
  });

  it("retries at once after a crash during a refresh, because no process waits for its outcome", async () => {
    const hang = () => new Promise<Response>(() => {});
    const { connect, connection, clock, open, sent } = connected([hang, issued(2)]);
    await connect();
    clock.now += day;
    void kindOf(connection.current()); // the crashed process: its outcome is lost
    await expect.poll(() => sent.length).toBe(1);
    expect(await open().current()).toBe("access-2");
    expect(sent.map((body) => body.get("refresh_token"))).toEqual(["refresh-1", "refresh-1"]);
  });

  it("remembers across a crash how long to wait after an answer without tokens", async () => {
    const { connect, connection, clock, open, sent } = connected([
      () => new Response("busy", { status: 503 }),
      issued(2),
    ]);
    await connect();
    clock.now += day;
    expect(await kindOf(connection.current())).toBe("refresh_uncertain");
    expect(await kindOf(open().current())).toBe("refresh_uncertain");
    expect(sent).toHaveLength(1);
    clock.now += 31_000;
    expect(await open().current()).toBe("access-2");
  });

  it("keeps the pair of a refresh that answers after its callers stopped waiting", async () => {
    let answer: (response: Response) => void = () => {};
    const { connect, clock, open, sent } = connected([() => new Promise((resolve) => (answer = resolve))]);
    await connect();
    clock.now += day;
    const connection = open({ longestWaitMilliseconds: 5 });
    expect(await kindOf(connection.current())).toBe("refresh_uncertain");
    expect(await kindOf(connection.current())).toBe("refresh_uncertain"); // still in flight: no second refresh
    answer(issued(2)());
    await expect.poll(() => kindOf(connection.current())).toBe("no failure");
    expect(await connection.current()).toBe("access-2");
    expect(sent).toHaveLength(1);
  });

  it("limits the wait for a refresh in flight to the remaining time of the call that started it", async () => {
    let answer: (response: Response) => void = () => {};
    const { connect, open, sent } = connected([() => new Promise((resolve) => (answer = resolve))]);
    await connect();
    const connection = open({ longestWaitMilliseconds: 5 });
    const refused = Array.from({ length: 3 }, () => kindOf(connection.replace("access-1")));
    expect(new Set(await Promise.all(refused))).toEqual(new Set(["refresh_uncertain"]));
    expect(await kindOf(connection.replace("access-1"))).toBe("refresh_uncertain"); // joined the refresh in flight
    answer(issued(2)());
    await expect.poll(() => kindOf(connection.replace("access-1"))).toBe("no failure");
    expect(sent).toHaveLength(1);
  });

  it("keeps a refresh's pair while the encryption keys are rotated", async () => {
    const { connect, clock, open, keys } = connected([issued(2)]);
    await connect();
    keys.ring = [{ id: "k2", key: new Uint8Array(32).fill(2) }, ...keys.ring];
    clock.now += day;
    const connection = open();
    expect(await connection.current()).toBe("access-2");
    expect(await open().current()).toBe("access-2");
  });

  it("stays disconnected when a refresh answers after Disconnect", async () => {
    let answer: (response: Response) => void = () => {};
    const { connect, connection, clock, sent } = connected([() => new Promise((resolve) => (answer = resolve))]);
    await connect();
    clock.now += day;
    const late = kindOf(connection.current());
    await expect.poll(() => sent.length).toBe(1);
    await connection.disconnect({ revoke: false });
    answer(issued(2)());
    expect(await late).toBe("not_connected");
    expect(await connection.state()).toEqual({ kind: "not_connected" });
  });

  it("keeps the newer pair when the person reconnects during a refresh", async () => {
    let answer: (response: Response) => void = () => {};
    const { connect, connection, clock, sent } = connected([() => new Promise((resolve) => (answer = resolve))]);
    await connect();
    clock.now += day;
    const late = connection.current();
    await expect.poll(() => sent.length).toBe(1);
    clock.now += 1;
    const fresh = { accessToken: "access-9", refreshToken: "refresh-9", expiresAt: clock.now + day, scopes: null };
    await connection.connect(fresh, { names: ["daily"], areProven: false });
    answer(Response.json({ error: "invalid_grant" }, { status: 400 }));
    expect(await late).toBe("access-9");
    expect(await connection.state()).toMatchObject({ kind: "connected", scopes: ["daily"] });
  });

  it("is encrypted again with the first key when it is used", async () => {
    const { connect, open, disk, keys } = connected();
    await connect();
    keys.ring = [{ id: "k2", key: new Uint8Array(32).fill(2) }, ...keys.ring];
    expect(await open().current()).toBe("access-1");
    expect(JSON.stringify(disk.values.get("connection"))).toContain('"sealed":"v1.k2.');
    keys.ring = keys.ring.slice(0, 1);
    expect(await open().current()).toBe("access-1");
  });

  it("fails and deletes nothing while its encryption key is missing", async () => {
    const { connect, open, keys } = connected();
    await connect();
    const kept = keys.ring;
    keys.ring = [{ id: "k9", key: new Uint8Array(32).fill(9) }];
    expect(await kindOf(open().current())).toBe("key_changed");
    keys.ring = kept;
    expect(await open().current()).toBe("access-1");
  });

  it("revokes the grant at Oura only on request", async () => {
    const { connect, connection, sent } = connected([() => new Response(null, { status: 200 })]);
    await connect();
    expect(await connection.disconnect({ revoke: false })).toBe(false);
    expect(sent).toHaveLength(0);
    await connect();
    expect(await connection.disconnect({ revoke: true })).toBe(true);
    expect(sent[0]?.get("token")).toBe("access-1");
  });
});
