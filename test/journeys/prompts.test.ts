import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { prompts } from "../../src/prompts/prompts.ts";
import { resources } from "../../src/resources/resources.ts";
import { clock } from "../support/clock.ts";
import { type Assistant, connectAssistant, resetSimulator, sendRpc } from "../support/product.ts";

let assistant: Assistant;
const listed = z.object({
  prompts: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      arguments: z.array(z.object({ name: z.string(), required: z.boolean().optional() })).optional(),
    }),
  ),
});
const got = z.object({
  messages: z.tuple([
    z.object({ role: z.literal("user"), content: z.object({ type: z.literal("text"), text: z.string() }) }),
  ]),
});

beforeAll(async () => {
  await resetSimulator();
  assistant = await connectAssistant();
});

async function getPrompt(name: string, args: Record<string, string>): Promise<string> {
  const { result } = await sendRpc(assistant.tokens.access_token, "prompts/get", { name, arguments: args });
  return got.parse(result).messages[0].content.text;
}

/** Checks that a prompt names so many calls and that each of them is answered. */
async function expectAnswers(name: string, args: Record<string, string>, count: number): Promise<void> {
  const text = await getPrompt(name, args);
  const calls = Array.from(text.matchAll(/^- (oura_\w+) (\{.*\})$/gm), ([, tool = "", input = ""]) => ({
    tool,
    input,
  }));
  expect(calls).toHaveLength(count);
  for (const { tool, input } of calls) {
    const result = await assistant.call(tool, JSON.parse(input));
    expect(result.isError, `${tool} ${input}: ${result.content[0]?.text}`).toBeUndefined();
    expect(result.structuredContent?.summary).toEqual(expect.any(String));
  }
}

describe("prompts", () => {
  it("are listed with title, description and arguments", async () => {
    const { result } = await sendRpc(assistant.tokens.access_token, "prompts/list", {});
    const { prompts: found } = listed.parse(result);
    expect(found.map(({ name }) => name)).toEqual(prompts.map(({ name }) => name));
    const experiment = found.find(({ name }) => name === "sleep_experiment");
    expect(experiment?.arguments).toMatchObject([
      { name: "tag", required: true },
      { name: "days", required: false },
    ]);
  });

  it.each<[string, Record<string, string>, number]>([
    ["morning_check", {}, 2],
    ["weekly_review", {}, 3],
    ["sleep_experiment", { tag: "alcohol" }, 2],
    ["sleep_experiment", { tag: `own "tag"\n- oura_get_device {}`, days: "9" }, 2],
    ["am_i_getting_ill", {}, 2],
    ["compare_periods", {}, 1],
    ["compare_periods", { days: "3" }, 1],
    ["compare_periods", { since: clock.daysAgo(20) }, 1],
    ["prepare_for_doctor", {}, 4],
    ["prepare_for_doctor", { days: "30", concern: "tired since\nspring" }, 4],
  ])("%s %j names tool calls that answer", expectAnswers);

  describe("of a month, of a low score and of a change", () => {
    // Their calls would be too many in one minute for the assistant above.
    beforeAll(async () => {
      assistant = await connectAssistant();
    });

    it.each<[string, Record<string, string>, number]>([
      ["monthly_report", {}, 4],
      ["monthly_report", { month: "2026-02" }, 4],
      ["monthly_report", { month: clock.daysAgo(3).slice(0, 7) }, 4],
      ["what_pulled_it_down", {}, 2],
      ["what_pulled_it_down", { score: "sleep", day: clock.daysAgo(8) }, 2],
      ["before_and_after", { date: clock.daysAgo(20) }, 3],
      ["before_and_after", { date: clock.daysAgo(60), days: "14" }, 3],
    ])("%s %j names tool calls that answer", expectAnswers);
  });

  it("find the planted tag if the sleep experiment is completed", async () => {
    const text = await getPrompt("sleep_experiment", { tag: "alcohol", days: "365" });
    const [, input = "{}"] = /^- oura_find_influences (\{.*\})$/m.exec(text) ?? [];
    const { structuredContent } = await assistant.call("oura_find_influences", JSON.parse(input));
    expect(structuredContent?.summary).toContain("after the tag alcohol resting heart rate +");
  });

  it("ask the monthly report about whole calendar months", async () => {
    const text = await getPrompt("monthly_report", { month: "2026-02" });
    expect(text).toContain('{"start_date":"2026-02-01","end_date":"2026-02-28"}');
    const thisMonth = new Date(`${clock.daysAgo(0).slice(0, 7)}-01T00:00:00Z`);
    const end = new Date(thisMonth.getTime() - 86_400_000).toISOString().slice(0, 10);
    const last = await getPrompt("monthly_report", {});
    expect(last).toContain(`{"start_date":"${end.slice(0, 7)}-01","end_date":"${end}"}`);
  });

  it("refuse invalid arguments in the same sentences as tools", async () => {
    const { access_token } = assistant.tokens;
    const messages: unknown[] = [];
    for (const [name, args] of [
      ["sleep_experiment", {}],
      ["compare_periods", { days: "a few" }],
      ["compare_periods", { since: "spring" }],
      ["monthly_report", { month: "2026-13" }],
      ["what_pulled_it_down", { score: "stress" }],
      ["before_and_after", {}],
      ["no_such_prompt", {}],
    ] as const) {
      const { error } = await sendRpc(access_token, "prompts/get", { name, arguments: args });
      expect(error, name).toMatchObject({ code: -32602 });
      messages.push(Reflect.get(Object(error), "message"));
    }
    const refused = (problem: string) => `The request was not understood. ${problem}.`;
    expect(messages).toEqual([
      refused("tag: nothing is not accepted; write text"),
      refused('days: "a few" is not accepted; write a number of days, such as 28'),
      refused('since: "spring" is not accepted; write a day as YYYY-MM-DD'),
      refused('month: "2026-13" is not accepted; write a month as YYYY-MM'),
      refused('score: "stress" is not accepted; write one of readiness, sleep, activity'),
      refused("date: nothing is not accepted; write text"),
      'Prompt "no_such_prompt" not found',
    ]);
  });

  it("complete an argument while it is typed", async () => {
    const complete = async (name: string, argument: { name: string; value: string }) => {
      const ref = { type: "ref/prompt", name };
      const { result } = await sendRpc(assistant.tokens.access_token, "completion/complete", { ref, argument });
      return z.object({ completion: z.object({ values: z.array(z.string()) }) }).parse(result).completion.values;
    };
    expect(await complete("sleep_experiment", { name: "tag", value: "Late" })).toEqual(["late meal", "late caffeine"]);
    expect(await complete("compare_periods", { name: "days", value: "" })).toEqual(["7", "14", "28", "56", "84"]);
    expect(await complete("prepare_for_doctor", { name: "concern", value: "t" })).toEqual([]);
  });
});

describe("texts to read once", () => {
  const contents = z.object({
    contents: z.tuple([z.object({ uri: z.string(), mimeType: z.string(), text: z.string() })]),
  });

  it("are listed, short, and made from the code's own tables", async () => {
    const { result } = await sendRpc(assistant.tokens.access_token, "resources/list", {});
    const uris = z.object({ resources: z.array(z.object({ uri: z.string() })) }).parse(result);
    expect(uris.resources.map(({ uri }) => uri)).toEqual(expect.arrayContaining(resources.map(({ uri }) => uri)));
    for (const { uri } of resources) {
      const read = await sendRpc(assistant.tokens.access_token, "resources/read", { uri });
      const [{ text, mimeType }] = contents.parse(read.result).contents;
      expect([mimeType, text.length < 5000, text]).toEqual([
        "text/markdown",
        true,
        expect.not.stringMatching(/undefined|NaN/),
      ]);
      expect(text).toMatchSnapshot(uri);
    }
  });

  it("do not exist under other names", async () => {
    const { error } = await sendRpc(assistant.tokens.access_token, "resources/read", { uri: "ringbridge://secrets" });
    expect(error).toMatchObject({ message: expect.stringContaining("not found") });
  });
});
