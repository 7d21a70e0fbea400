import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, inject, it } from "vitest";
import type { Identity } from "../../src/agent/mcp-endpoint.ts";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import { type Outcome, unwrap } from "../../src/outcome.ts";
import { clock } from "../support/clock.ts";
import { type Assistant, callTool, connectAssistant } from "../support/product.ts";
import { fetchWith, mcpRequest, namespaceOf } from "../support/wire.ts";

/** Enough calls for rare interleavings. */
const calls = inject("long") ? 2_000 : 400;
const atOnce = 24;

const questions: [string, object][] = [
  ["oura_get_permissions", {}],
  ["oura_get_device", { include_profile: true }],
  ["oura_get_daily_summary", { start_date: "yesterday" }],
  ["oura_get_daily_summary", { start_date: clock.daysAgo(20), end_date: clock.daysAgo(10) }],
  ["oura_get_sleep_sessions", { start_date: clock.daysAgo(6), end_date: clock.daysAgo(3), include_time_series: true }],
  ["oura_get_intraday", { metric: "heart_rate", start_date: clock.daysAgo(3) }],
  ["oura_get_trends", { metrics: ["sleep_score", "steps"], end_date: clock.daysAgo(2) }],
];
const allowed = [["daily", "heartrate", "ring_configuration", "personal"], ["daily"], ["ring_configuration"]];
const people = ["everyday", "two_rings"];

interface Asker {
  person: number;
  assistant: Assistant;
  /** The answers to each question without parallel calls. */
  answers: string[];
}

const askers: Asker[] = [];
/** Words and numbers that occur only in one person's answers. */
let marks: Set<string>[] = [];
const reached: { name: string; account: string }[] = [];

beforeAll(async () => {
  for (const [person, name] of people.entries()) {
    const first = await connectAssistant({ person: name, scopes: allowed[0] ?? [] });
    const others = await Promise.all(
      allowed.slice(1).map((scopes) => connectAssistant({ browser: first.browser, scopes })),
    );
    for (const assistant of [first, ...others]) {
      const answers: string[] = [];
      for (const question of questions) answers.push((await ask(assistant.tokens.access_token, question)).text);
      askers.push({ person, assistant, answers });
    }
  }
  const words = people.map((_name, person) => new Set(askers.filter((a) => a.person === person).flatMap(wordsOf)));
  marks = words.map((own, person) => own.difference(words[1 - person] ?? new Set()));
});

function wordsOf({ answers }: Asker): string[] {
  return answers.flatMap((text) => text.match(/[\w.:+-]{3,}/g) ?? []);
}

/**
 * The real agents without the limit of calls per minute, which would stop the test after a second. One for each name,
 * like on the platform.
 */
const unlimited: object = { LIMIT_TOOLS: { limit: async () => ({ success: true }) } };
const agents = new Map<string, RingAgent>();
const namespace = namespaceOf((name) => ({
  async open(first: Parameters<RingAgent["open"]>[0]) {
    const { value } = unwrap(await env.RING_AGENT.getByName(name).open(first));
    const session = { answer: (request: Request, identity: Identity) => answerAs(name, request, identity) };
    return { ok: true, value: { value, session } };
  },
}));

async function answerAs(name: string, request: Request, identity: Identity): Promise<Outcome<Response>> {
  reached.push({ name, account: identity.accountId });
  const { url, method } = request;
  const headers = [...request.headers];
  const body = await request.text();
  const answer = await runInDurableObject(env.RING_AGENT.getByName(name), async (_object, state) => {
    const agent = agents.get(name) ?? new RingAgent(state, { ...env, ...unlimited });
    agents.set(name, agent);
    const response = unwrap(await agent.answer(new Request(url, { method, headers, body }), identity));
    return { status: response.status, headers: [...response.headers], text: await response.text() };
  });
  return { ok: true, value: new Response(answer.text, answer) };
}

async function ask(accessToken: string, [name, input]: [string, object], claimed = "x") {
  const request = mcpRequest(accessToken, {
    method: "tools/call",
    // Claims of another identity, which must be ignored.
    params: { name, arguments: input, _meta: { accountId: claimed, userId: claimed, "ringbridge/account": claimed } },
    headers: {
      "x-account-id": claimed,
      "x-user-id": claimed,
      cookie: `__Host-session=${claimed}`,
      "mcp-session-id": claimed,
    },
  });
  const response = await fetchWith({ RING_AGENT: namespace }, request);
  return { status: response.status, text: await response.text() };
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it("uses people whose answers differ, so that a mix-up would be detected", () => {
  expect(marks.map((own) => own.size > 100)).toEqual([true, true]);
  const [mine, theirs] = [askers[0], askers[allowed.length]];
  for (const [index, [name]] of questions.entries()) {
    if (name !== "oura_get_permissions") expect(mine?.answers[index], name).not.toBe(theirs?.answers[index]);
    expect(mine?.answers[index], name).not.toContain('"isError":true');
  }
});

it("two people with three assistants each never get each other's data in hundreds of parallel calls", async () => {
  const random = createRandom(20_261_124);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T; // the list is not empty
  const crossed: string[] = [];
  let answered = 0;
  let refused = 0;

  async function askOnce(): Promise<void> {
    const asker = pick(askers);
    const other = pick(askers.filter(({ person }) => person !== asker.person));
    const index = Math.floor(random() * questions.length);
    const question = questions[index] as [string, object]; // the index is within the list
    const { access_token } = asker.assistant.tokens;
    const forged = random() < 0.1;
    const token = forged ? forge(access_token, other.assistant.tokens.access_token, random()) : access_token;
    const { status, text } = await ask(token, question, other.assistant.accountId);
    if (forged) {
      expect(status).toBe(401);
      refused += 1;
      return;
    }
    answered += 1;
    const foreign = marks[1 - asker.person] ?? new Set();
    for (const word of text.match(/[\w.:+-]{3,}/g) ?? [])
      if (foreign.has(word)) crossed.push(`${question[0]}: ${word}`);
    if (text !== asker.answers[index]) crossed.push(`${question[0]} was answered otherwise than before`);
  }

  reached.length = 0;
  let begun = 0;
  async function worker(): Promise<void> {
    while (begun < calls) {
      begun += 1;
      await askOnce();
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  expect(crossed).toEqual([]);
  expect(answered + refused).toBe(calls);
  expect(reached).toHaveLength(answered); // a forged token reached no agent
  expect(reached.filter(({ name, account }) => name !== account)).toEqual([]);
}, 60_000);

/** A valid token changed in one of several ways. */
function forge(mine: string, theirs: string, chance: number): string {
  const [account, grant, secret = ""] = mine.split(":");
  const [otherAccount, otherGrant, otherSecret] = theirs.split(":");
  const ways = [
    `${otherAccount}:${otherGrant}:${secret}`,
    `${otherAccount}:${grant}:${secret}`,
    `${account}:${grant}:${otherSecret}`,
    mine.slice(0, -1),
    `${mine}0`,
    `${account}:${grant}:`,
    `${account}:${grant}:${secret.toLowerCase()}x`,
  ];
  return ways[Math.floor(chance * ways.length)] as string; // chance is below 1
}

it("ignores claimed identities, also through the real namespace", async () => {
  const [mine, theirs] = [askers[0], askers[allowed.length]];
  if (!mine || !theirs) throw new Error("no person is connected");
  const { accountId } = theirs.assistant;
  for (const name of ["account_id", "accountId", "user_id", "person"]) {
    const result = await callTool(mine.assistant.tokens.access_token, "oura_get_device", { [name]: accountId });
    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toContain(`Unknown argument "${name}"`);
  }
  const real = await mine.assistant.call("oura_get_device", { include_profile: true });
  expect(mine.answers[1]).toContain(JSON.stringify(real.content[0]?.text));
});
