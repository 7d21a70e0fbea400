import { callTool } from "./mcp-call.ts";
import { connectPerson } from "./people.ts";
import { conversation } from "./questions.ts";
import type { Runtime } from "./runtime.ts";
import type { StorageCounts } from "./storage-counts.ts";

/** Ten questions in a row to one assistant, starting with an empty cache. */
export interface ConversationFigures {
  questions: {
    what: string;
    tool: string;
    answerBytes: number;
    ouraRequests: number;
    ouraRounds: number;
    wall: number;
  }[];
  answerBytes: number;
  approximateTokens: number;
  ouraRequests: number;
  ouraRounds: number;
  ouraBytes: number;
  wallMilliseconds: number;
  cpuMilliseconds: number;
  storage: StorageCounts;
}

export async function measureConversation(runtime: Runtime): Promise<ConversationFigures> {
  const { access_token: token } = await connectPerson(runtime.origin);
  await Promise.all([runtime.takeOura(), runtime.takeStorage()]);
  const before = runtime.usage();
  const questions: ConversationFigures["questions"] = [];
  let ouraBytes = 0;
  for (const { what, tool, input } of conversation(runtime.now())) {
    const answer = await callTool(runtime.origin, token, tool, input);
    const oura = await runtime.takeOura();
    ouraBytes += oura.bytes;
    questions.push({
      what,
      tool,
      answerBytes: answer.answerBytes,
      ouraRequests: oura.requests,
      ouraRounds: oura.rounds,
      wall: answer.milliseconds,
    });
  }
  const sum = (of: (question: (typeof questions)[number]) => number) =>
    questions.reduce((total, question) => total + of(question), 0);
  const answerBytes = sum((question) => question.answerBytes);
  return {
    questions,
    answerBytes,
    approximateTokens: Math.round(answerBytes / 4),
    ouraRequests: sum((question) => question.ouraRequests),
    ouraRounds: sum((question) => question.ouraRounds),
    ouraBytes,
    wallMilliseconds: sum((question) => question.wall),
    cpuMilliseconds: runtime.usage().cpuMilliseconds - before.cpuMilliseconds,
    storage: await runtime.takeStorage(),
  };
}
