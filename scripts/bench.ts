import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { createMcpServer } from "../src/agent/mcp-server.ts";
import { metricIds } from "../src/oura/metrics.ts";
import { createAssistant } from "./evaluate-answers/assistant.ts";
import { printTable } from "./evaluate-answers/print-table.ts";
import type { ToolName } from "./evaluate-answers/questions.ts";
import { createSyntheticPeople, now } from "./evaluate-answers/synthetic-people.ts";

/**
 * `npm run bench`: how large answers are, what they ask of Oura and how long they take, on the synthetic everyday person.
 * Bytes are of the whole structured answer; times are this machine's, with Oura's answers at hand. Fails when a size is
 * exceeded.
 */
interface Measured {
  what: string;
  tool: ToolName;
  input?: Record<string, unknown>;
  /** Bytes, where a size is promised. */
  limit?: number;
}

const repetitions = 5;
const definitionsLimit = 18_000;

const questions: Measured[] = [
  { what: "last night", tool: "oura_get_sleep_sessions", limit: 1500 },
  {
    what: "30 nights",
    tool: "oura_get_sleep_sessions",
    input: { start_date: "2026-10-22", end_date: "2026-11-20" },
    limit: 5000,
  },
  { what: "last night by the quarter hour", tool: "oura_get_sleep_sessions", input: { include_time_series: true } },
  { what: "today", tool: "oura_get_daily_summary" },
  {
    what: "30 days, every section",
    tool: "oura_get_daily_summary",
    input: { start_date: "2026-10-22", end_date: "2026-11-20", include_baselines: false },
    limit: 5200,
  },
  {
    what: "a day of heart rate by the hour",
    tool: "oura_get_intraday",
    input: { start_date: "2026-11-19" },
    limit: 2000,
  },
  {
    what: "30 days of heart rate",
    tool: "oura_get_intraday",
    input: { start_date: "2026-10-22", end_date: "2026-11-20" },
  },
  { what: "week against week", tool: "oura_get_trends", limit: 2500 },
  { what: "a year of trends", tool: "oura_get_trends", input: { start_date: "2025-11-21", end_date: "2026-11-20" } },
  {
    what: "30 unusual days",
    tool: "oura_detect_anomalies",
    input: { start_date: "2026-10-22", end_date: "2026-11-20" },
    limit: 3000,
  },
  { what: "a week of events", tool: "oura_get_events", limit: 3000 },
  { what: "28 days against 28", tool: "oura_compare_periods", limit: 3000 },
  { what: "influences of 180 nights", tool: "oura_find_influences", limit: 3000 },
  {
    what: "180 unusual days, high sensitivity",
    tool: "oura_detect_anomalies",
    input: { start_date: "2026-05-25", end_date: "2026-11-20", sensitivity: "high" },
  },
];

const people = createSyntheticPeople();
const rows: (string | number)[][] = [];
for (const question of questions) rows.push(await measure(question));
const definitions = await measureDefinitions();
rows.push(["all tool definitions", "", definitions, say(definitions, definitionsLimit), "", ""]);

console.log(`Answers to the everyday person, 20 November 2026, ${metricIds.length} metrics known\n`);
printTable(["answer", "tool", "bytes", "promised", "Oura requests", "ms"], rows);

/** Size and requests of a call with nothing remembered, and the median time of later ones, which Oura takes no part in. */
async function measure({ what, tool, input, limit }: Measured): Promise<(string | number)[]> {
  const assistant = await createAssistant(people, "everyday");
  await assistant.call(tool, input);
  const [first] = assistant.costs;
  const [bytes, requests] = [first?.answerBytes ?? 0, first?.ouraRequests ?? 0];
  const times: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const started = performance.now();
    await assistant.call(tool, input);
    times.push(performance.now() - started);
  }
  const median = times.toSorted((left, right) => left - right)[Math.floor(repetitions / 2)] ?? 0;
  return [what, tool, bytes, say(bytes, limit), requests, median.toFixed(1)];
}

function say(bytes: number, limit: number | undefined): string {
  if (limit === undefined) return "";
  if (bytes <= limit) return `≤ ${limit}`;
  process.exitCode = 1;
  return `≤ ${limit} EXCEEDED`;
}

/** As a client gets them over the protocol. */
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
    },
    {
      links: { home, panel: `${home}panel` },
      viewHtml: "",
      begin: () => Promise.reject(new Error("no tool is called here")),
      end: () => {},
    },
    () => now,
  );
  const client = new Client({ name: "bench", version: "0" });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(far), client.connect(near)]);
  const { tools } = await client.listTools();
  await client.close();
  return Buffer.byteLength(JSON.stringify(tools));
}
