import { printTable } from "../evaluate-answers/print-table.ts";
import type { AnswerSize } from "./answer-sizes.ts";
import type { BundleFigures } from "./bundle.ts";
import type { ColdFigures } from "./cold-starts.ts";
import type { Comparison } from "./compare-runs.ts";
import type { ConversationFigures } from "./conversation.ts";
import type { CrowdFigures, ParallelFigures } from "./crowd.ts";
import type { IdleFigures } from "./idle-agents.ts";
import type { Machine } from "./machine.ts";
import type { CallFigures } from "./measure-calls.ts";
import type { OAuthFigures } from "./oauth.ts";
import type { SixYearsFigures } from "./six-years.ts";
import type { Judgement } from "./targets.ts";
import type { AloneFigures } from "./tools-alone.ts";
import type { WorkerFigures } from "./worker-alone.ts";

/** Everything one run measured. */
export interface BenchFigures {
  machine: Machine & { seconds: number };
  answerSizes: AnswerSize[];
  alone: AloneFigures[];
  sixYears: SixYearsFigures[];
  bundle: BundleFigures;
  cold: ColdFigures;
  oauth: OAuthFigures;
  /** Calls without the product: the cost of the platform. */
  platform: CallFigures[];
  /** A tool call, then pages, without the agent's work. */
  worker: WorkerFigures[];
  idle: IdleFigures;
  protocol: CallFigures[];
  /** A tool that does nothing, before and after all others. */
  floor: CallFigures;
  floorAfter: CallFigures;
  /** With an empty cache. */
  tools: CallFigures[];
  /** The same questions with Oura's answers in the cache. */
  held: CallFigures[];
  conversation: ConversationFigures;
  parallel: ParallelFigures[];
  scale: CrowdFigures[];
}

export interface BenchReport extends BenchFigures {
  targets: Judgement[];
}

/** A table of the report. */
interface Section {
  title: string;
  heading: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  /** What stands below the table. */
  note?: string;
}

export function printReport(report: BenchReport): void {
  console.log(`\n${describeRun(report)}`);
  for (const section of describeSections(report)) printSection(section);
}

export function printComparison(comparisons: readonly Comparison[]): void {
  printSection({
    title: "Against the earlier run",
    heading: ["what", "before", "now", "ratio"],
    rows: comparisons.map(({ what, before, now, ratio }) => [
      ...[what, round(before), round(now)],
      ratio === null ? "" : ratio.toFixed(2),
    ]),
  });
}

function printSection({ title, heading, rows, note }: Section): void {
  console.log(`\n${title}\n`);
  printTable(heading, rows);
  if (note !== undefined) console.log(note);
}

/** The report as the page shows it, in Markdown. */
export function writeReport(report: BenchReport): string {
  const sections = describeSections(report).map(({ title, heading, rows, note }) => {
    const lines = [heading, heading.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
    return [`### ${title}`, "", ...lines, ...(note === undefined ? [] : ["", note])].join("\n");
  });
  return [describeRun(report), ...sections].join("\n\n");
}

function describeRun({ machine }: BenchReport): string {
  const { at, cores, cpu, node, load, seconds } = machine;
  return (
    `Measured on ${at.slice(0, 16).replace("T", " at ")} UTC in ${seconds} s: ${cores} cores of ${cpu}, Node ${node}, load ${load} ` +
    "at the end. Ōura answers in 80 ms."
  );
}

function describeSections(report: BenchReport): Section[] {
  const { bundle, cold, conversation, floor, idle, oauth } = report;
  const { walkStorage: walk, refreshStorage: refresh } = oauth;
  return [
    {
      title: "Targets",
      heading: ["what", "measured", "target", ""],
      rows: report.targets.map(({ what, measured, target, met }) => [
        ...[what, measured, `≤ ${target}`, met ? "met" : "**not met**"],
      ]),
    },
    {
      title: "First answers after an idle night",
      heading: ["what", "median ms", "least", "most"],
      rows: (
        [
          ["a tool that does nothing, first", cold.firstNoOp],
          ["the same, warm", cold.warmNoOp],
          ["a day with baselines, first", cold.firstAnswer],
          ["CPU of it", cold.firstAnswerCpu],
          ["the same, warm", cold.warmAnswer],
        ] as const
      ).map(([what, { median, least, most }]) => [what, round(median), round(least), round(most)]),
      note:
        `${cold.starts} starts of workerd each. On an agent alone that was evicted, in a warm isolate, the tool that does ` +
        `nothing takes ${round(cold.wokenAgent)} ms. Ready to serve its first page, workerd took ${round(cold.runtimeReady)} ms.`,
    },
    {
      title: "The worker without the agent",
      heading: ["path", "what", "bytes", "p50 ms", "CPU ms", "CPU p95", "platform's CPU"],
      rows: report.worker.map((call) => [
        ...[call.tool, call.what, call.wireBytes, round(call.wallP50), round(call.cpuMilliseconds), round(call.cpuP95)],
        round(call.platformCpu),
      ]),
    },
    {
      title: "Tools alone, in Node",
      heading: ["tool", "asked", "CPU ms"],
      rows: report.alone.map(({ tool, what, cpuMilliseconds }) => [tool, what, round(cpuMilliseconds)]),
    },
    describeCalls(
      "Calls with nothing remembered",
      [...report.platform, floor, report.floorAfter, ...report.tools],
      floor,
    ),
    describeCalls("The same calls while Ōura's answers are held", report.held, floor),
    describeCalls("Protocol", report.protocol, floor),
    {
      title: "A conversation of ten questions",
      heading: ["question", "tool", "bytes", "Ōura requests", "rounds", "ms"],
      rows: conversation.questions.map(({ what, tool, answerBytes, ouraRequests, ouraRounds, wall }) => [
        ...[what, tool, answerBytes, ouraRequests, ouraRounds, Math.round(wall)],
      ]),
      note:
        `In all ${conversation.answerBytes} bytes (about ${conversation.approximateTokens} tokens), ${conversation.ouraRequests} ` +
        `Ōura requests in ${conversation.ouraRounds} rounds, ${conversation.ouraBytes} bytes of Ōura, ` +
        `${Math.round(conversation.wallMilliseconds)} ms, ${Math.round(conversation.cpuMilliseconds)} ms of CPU.`,
    },
    {
      title: "Several people, at one total rate",
      heading: ["people", "calls/s", "calls", "errors", "p50 ms", "p95 ms", "MB"],
      rows: report.scale.map((crowd) => [
        ...[crowd.people, crowd.callsPerSecond, crowd.calls, crowd.errors, round(crowd.wallP50), round(crowd.wallP95)],
        round(crowd.residentMegabytes),
      ]),
    },
    {
      title: "Calls on one agent at the same moment",
      heading: ["parallel", "errors", "p50 ms", "p95 ms"],
      rows: report.parallel.map(({ parallel, errors, wallP50, wallP95 }) => [
        ...[parallel, errors, round(wallP50), round(wallP95)],
      ]),
    },
    {
      title: "Memory of idle objects",
      heading: ["object", "MB each"],
      rows: [
        ["an object that does nothing", idle.bareObject.toFixed(2)],
        ["an agent after one call", idle.afterOneCall.toFixed(2)],
        ["an agent after ten", idle.afterTenCalls.toFixed(2)],
      ],
      note: `Growth of the runtime between none and ${idle.agents} of them, divided.`,
    },
    {
      title: "The rest",
      heading: ["what", "value"],
      rows: [
        ["bundle, KiB gzip / raw", `${bundle.gzipKilobytes} / ${bundle.rawKilobytes}`],
        ["code evaluated at start, KB", round(bundle.eagerKilobytes)],
        [
          "start-up, ms at work, median / least of seven",
          `${bundle.startUpMilliseconds} / ${bundle.startUpLeastMilliseconds}`,
        ],
        ["consent page / token refresh p50, ms", `${round(oauth.consentPageP50)} / ${round(oauth.tokenP50)}`],
        ["token refresh, KV reads / writes", `${refresh.kvReads} / ${refresh.kvWrites}`],
        ["token refresh, rows read / written", `${refresh.rowsRead} / ${refresh.rowsWritten + refresh.alarmsSet}`],
        [
          "a whole walk, KV reads / writes, rows read / written",
          [walk.kvReads, walk.kvWrites, walk.rowsRead, walk.rowsWritten + walk.alarmsSet].join(" / "),
        ],
      ],
    },
    {
      title: "Six years of a route in one answer of the simulated Ōura",
      heading: ["route", "documents", "bytes", "first, CPU ms", "again, CPU ms"],
      rows: report.sixYears.map(({ route, documents, bytes, first, again }) => [
        ...[route, documents, bytes, Math.round(first), round(again)],
      ]),
    },
    {
      title: "Sizes on a fixed day",
      heading: ["answer", "tool", "bytes", "promised", "Ōura requests"],
      rows: report.answerSizes.map(({ what, tool, bytes, limit, ouraRequests }) => [
        ...[what, tool, bytes, limit === null ? "" : `≤ ${limit}${bytes > limit ? " EXCEEDED" : ""}`, ouraRequests],
      ]),
    },
  ];
}

function describeCalls(title: string, calls: readonly CallFigures[], floor: CallFigures): Section {
  return {
    title,
    heading: [
      ...["tool", "asked", "bytes", "≈ tokens", "Ōura requests", "rounds", "Ōura bytes", "p50 ms", "p95 ms", "× floor"],
      ...["added ms", "CPU ms", "× floor", "KV r/w", "rows r/w"],
    ],
    rows: calls.map((call) => [
      ...[call.tool, call.what, call.answerBytes || call.wireBytes, call.approximateTokens],
      ...[call.ouraRequests, call.ouraRounds, call.ouraBytes, round(call.wallP50), round(call.wallP95)],
      ...[round(call.wallP50 / floor.wallP50), round(call.addedP50), round(call.cpuMilliseconds)],
      round(call.cpuMilliseconds / floor.cpuMilliseconds),
      ...[`${call.storage.kvReads}/${call.storage.kvWrites}`, `${call.storage.rowsRead}/${call.storage.rowsWritten}`],
    ]),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
