import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { answerQuestion, readReply } from "../../../scripts/ask/answer-question.ts";
import { modelBehind } from "../../../scripts/ask/model-command.ts";
import type { Question } from "../../../scripts/ask/question.ts";

const question: Question = {
  id: "steps",
  person: "everyday",
  question: "How many steps did I walk?",
  figures: { steps: { kind: "number", unit: "steps", tolerance: 0 } },
};

const session = {
  instructions: "Read-only.",
  tools: [{ name: "oura_get_steps", description: "Steps of a day.", inputSchema: { type: "object" } }],
  call: async (tool: string, input: Record<string, unknown>) => ({
    text: `${tool} ${JSON.stringify(input)}: 7,350 Schritte für Ōura`,
    isError: false,
  }),
  close: async () => {},
};

describe("a model that is asked", () => {
  it("calls tools until it answers, and is given what it needs to know", async () => {
    const prompts: string[] = [];
    const replies = ['{"tool": "oura_get_steps", "arguments": {"day": "today"}}', 'So: {"values": {"steps": 7350}}'];
    const { answer, calls, problem } = await answerQuestion(question, session, async (prompt) => {
      prompts.push(prompt);
      return { kind: "text", text: replies.shift() ?? "" };
    });
    expect(answer).toEqual({ answer: "", values: { steps: 7350 } });
    expect(problem).toBeNull();
    expect(calls).toEqual([
      { question: "steps", tool: "oura_get_steps", input: { day: "today" }, bytes: 57, isError: false },
    ]);
    for (const text of [
      "Read-only.",
      "Steps of a day.",
      "Today is Friday, 20 November 2026.",
      "How many steps did I walk?",
      '"steps": number, steps',
    ])
      expect(prompts[0]).toContain(text);
    expect(prompts[1]).toContain('oura_get_steps {"day":"today"}: 7,350 Schritte für Ōura');
  });

  it("is told when a reply is neither a call nor an answer, and ends without an answer after twelve turns", async () => {
    const prompts: string[] = [];
    const { answer, problem } = await answerQuestion(question, session, async (prompt) => {
      prompts.push(prompt);
      return { kind: "text", text: "About 7,000, I think." };
    });
    expect(answer).toBeNull();
    expect(problem).toBe("no answer in 12 turns");
    expect(prompts[1]).toContain("neither a call nor an answer");
  });

  it("has no answer where its command fails, for a reason that is said", async () => {
    const { answer, problem } = await answerQuestion(
      question,
      session,
      modelBehind("echo no quota >&2; exit 3", tmpdir(), 10),
    );
    expect(answer).toBeNull();
    expect(problem).toBe("status 3: no quota");
  });

  it("reads the prompt on stdin and prints the reply", async () => {
    expect(await modelBehind("cat", tmpdir(), 10)("grüße")).toEqual({ kind: "text", text: "grüße" });
    // `true` ends without reading: a long prompt is no error of ours.
    expect(await modelBehind("true", tmpdir(), 10)("x".repeat(1_000_000))).toEqual({ kind: "text", text: "" });
  });
});

describe("a reply", () => {
  it("may stand in a code block, after thoughts, with braces in its text", () => {
    const text = 'First {a look}.\n```json\n{"answer": "It was {high}: \\"7\\"", "values": {"steps": 7}}\n```';
    expect(readReply(text)).toEqual({
      kind: "answer",
      answer: { answer: 'It was {high}: "7"', values: { steps: 7 } },
    });
  });

  it("without figures and without a reason is no answer", () => {
    expect(readReply('{"answer": "I do not know."}')).toEqual({ kind: "unclear" });
    expect(readReply('{"answer": "None.", "no_value": "not_worn"}')).toMatchObject({ kind: "answer" });
    expect(readReply('{"answer": "None.", "no_value": "just_because"}')).toEqual({ kind: "unclear" });
  });
});
