import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { createMcpServer } from "../../src/mcp/mcp-server.ts";
import type { ToolName } from "../../src/tools/index.ts";
import { createAssistant } from "../evaluate-answers/assistant.ts";
import { createSyntheticPeople, now } from "../evaluate-answers/synthetic-people.ts";

/**
 * Sizes of answers about the synthetic everyday person on a fixed day: each size is the same in every run, so a limit
 * can be promised. Bytes count the whole structured answer.
 */
export interface AnswerSize {
  what: string;
  tool: string;
  bytes: number;
  limit: number | null;
  ouraRequests: number;
}

interface SizedQuestion {
  what: string;
  tool: ToolName;
  input?: Record<string, unknown>;
  limit?: number;
}

/** Arguments and descriptions, the schemas of answers, and 2 KB for titles and hints. */
const definitionsLimit = 10_240 + 8192 + 2048;

const questions: SizedQuestion[] = [
  { what: "last night", tool: "oura_get_sleep_sessions", limit: 1500 },
  {
    what: "each of 30 nights",
    tool: "oura_get_sleep_sessions",
    input: { start_date: "2026-10-22", end_date: "2026-11-20" },
    limit: 5000,
  },
  { what: "last night in steps of 15 minutes", tool: "oura_get_sleep_sessions", input: { include_time_series: true } },
  { what: "today", tool: "oura_get_daily_summary" },
  {
    what: "30 days, all sections",
    tool: "oura_get_daily_summary",
    input: { start_date: "2026-10-22", end_date: "2026-11-20", include_baselines: false },
    limit: 5000,
  },
  {
    what: "heart rate of a day, hour by hour",
    tool: "oura_get_intraday",
    input: { start_date: "2026-11-19" },
    limit: 2400, // with the times of the lowest and highest, and the time in zones of the workout
  },
  {
    what: "heart rate of 30 days",
    tool: "oura_get_intraday",
    input: { start_date: "2026-10-22", end_date: "2026-11-20" },
  },
  { what: "statistics of six metrics over 30 days", tool: "oura_get_statistics", limit: 1500 },
  {
    what: "two years of one metric, by month",
    tool: "oura_get_statistics",
    input: { metrics: ["resting_heart_rate"], group_by: "month", start_date: "2024-11-21", end_date: "2026-11-20" },
    limit: 4000,
  },
  { what: "trends, called without arguments", tool: "oura_get_trends", limit: 2700 },
  { what: "trends of a year", tool: "oura_get_trends", input: { start_date: "2025-11-21", end_date: "2026-11-20" } },
  {
    what: "unusual days among 30 days",
    tool: "oura_detect_anomalies",
    input: { start_date: "2026-10-22", end_date: "2026-11-20" },
    limit: 3000,
  },
  { what: "events of a week", tool: "oura_get_events", limit: 3300 },
  { what: "28 days compared with the 28 days before", tool: "oura_compare_periods", limit: 3000 },
  { what: "what influences 180 nights", tool: "oura_find_influences", limit: 3000 },
  {
    what: "unusual days among 180 days, at high sensitivity",
    tool: "oura_detect_anomalies",
    input: { start_date: "2026-05-25", end_date: "2026-11-20", sensitivity: "high" },
  },
];

export async function measureAnswerSizes(): Promise<AnswerSize[]> {
  const people = createSyntheticPeople();
  const sizes: AnswerSize[] = [];
  for (const { what, tool, input, limit } of questions) {
    const assistant = await createAssistant(people, "everyday");
    await assistant.call(tool, input);
    const [cost] = assistant.costs;
    sizes.push({
      what,
      tool,
      bytes: cost?.answerBytes ?? 0,
      limit: limit ?? null,
      ouraRequests: cost?.ouraRequests ?? 0,
    });
  }
  const definitions = {
    what: "the definitions of all tools, which a client lists",
    tool: "all",
    limit: definitionsLimit,
    ouraRequests: 0,
  };
  return [...sizes, { ...definitions, bytes: await measureDefinitions() }];
}

async function measureDefinitions(): Promise<number> {
  const home = "https://ringbridge.example/";
  const server = createMcpServer(
    {
      publicUrl: home,
      serviceName: "Ringbridge",
      operatorName: null,
      operatorContact: null,
      sourceUrl: null,
      operatorKey: null,
      malformed: [],
      proofs: { mcpRegistry: null, openai: null },
    },
    { links: { home, panel: `${home}panel` }, viewHtml: "", era: "legacy" },
    () => Promise.reject(new Error("no tool is called here")),
    () => now,
  );
  const client = new Client({ name: "bench", version: "0" });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(far), client.connect(near)]);
  const { tools } = await client.listTools();
  await client.close();
  return Buffer.byteLength(JSON.stringify(tools));
}
