import { printTable } from "../evaluate-answers/print-table.ts";
import type { AnswerSize } from "./answer-sizes.ts";
import type { BundleFigures } from "./bundle.ts";
import type { ColdFigures } from "./cold-starts.ts";
import type { ConversationFigures } from "./conversation.ts";
import type { CrowdFigures, ParallelFigures } from "./crowd.ts";
import type { Machine } from "./machine.ts";
import type { CallFigures } from "./measure-calls.ts";
import type { OAuthFigures } from "./oauth.ts";
import type { SixYearsFigures } from "./six-years.ts";
import type { Judgement } from "./targets.ts";
import type { AloneFigures } from "./tools-alone.ts";

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
  megabytesPerBareObject: number;
}

export interface BenchReport extends BenchFigures {
  targets: Judgement[];
}

export function printReport(report: BenchReport): void {
  const { machine, bundle, cold, oauth, conversation, floor } = report;
  section(
    `${machine.at}: ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}, load ${machine.load} at the end, ` +
      `${machine.seconds} s. Oura answers in 80 ms.`,
  );
  section(
    "Calls (p50 and p95 in ms; added: minus the time Oura needed; × floor: relative to a tool that does nothing)",
  );
  printCalls([...report.platform, floor, report.floorAfter, ...report.tools], floor);
  section("The same with Oura's answers in the cache");
  printCalls(report.held, floor);
  section("Tools alone, in Node: a call without network, protocol and storage");
  printTable(
    ["tool", "asked", "CPU ms"],
    report.alone.map(({ tool, what, cpuMilliseconds }) => [tool, what, round(cpuMilliseconds)]),
  );
  section("Six years of a route in one answer of the simulated Oura");
  printTable(
    ["route", "documents", "bytes", "first, CPU ms", "again, CPU ms"],
    report.sixYears.map(({ route, documents, bytes, first, again }) => [
      ...[route, documents, bytes],
      ...[Math.round(first), round(again)],
    ]),
  );
  section("Protocol");
  printCalls(report.protocol, floor);

  section("A conversation of ten questions");
  printTable(
    ["question", "tool", "bytes", "Oura requests", "rounds", "ms"],
    conversation.questions.map(({ what, tool, answerBytes, ouraRequests, ouraRounds, wall }) => [
      ...[what, tool, answerBytes, ouraRequests, ouraRounds],
      Math.round(wall),
    ]),
  );
  console.log(
    `in all ${conversation.answerBytes} bytes (about ${conversation.approximateTokens} tokens), ` +
      `${conversation.ouraRequests} requests, ${conversation.ouraRounds} rounds and ${conversation.ouraBytes} bytes of Oura, ` +
      `${Math.round(conversation.wallMilliseconds)} ms, ${Math.round(conversation.cpuMilliseconds)} ms of CPU`,
  );

  section("People");
  printTable(
    ["people", "calls/s", "calls", "errors", "p50", "p95", "MB", "MB/idle agent", "MB/active agent"],
    report.scale.map((crowd) => [
      ...[crowd.people, crowd.callsPerSecond, crowd.calls, crowd.errors, round(crowd.wallP50), round(crowd.wallP95)],
      ...[round(crowd.residentMegabytes), say(crowd.megabytesPerIdleAgent), say(crowd.megabytesPerActiveAgent)],
    ]),
  );
  console.log(`an object that does nothing: ${say(report.megabytesPerBareObject)} MB`);
  section("Simultaneous calls on one agent");
  printTable(
    ["parallel", "errors", "p50", "p95"],
    report.parallel.map(({ parallel, errors, wallP50, wallP95 }) => [parallel, errors, round(wallP50), round(wallP95)]),
  );

  section("The rest");
  const { walkStorage: walk, refreshStorage: refresh } = oauth;
  printTable(
    ["what", "value"],
    [
      ["bundle, KiB gzip / raw", `${bundle.gzipKilobytes} / ${bundle.rawKilobytes}`],
      ["start-up CPU time, ms, median / least", `${bundle.startUpMilliseconds} / ${bundle.startUpLeastMilliseconds}`],
      ["runtime ready, ms", round(cold.runtimeReady)],
      ["first tools/list of an isolate, ms", round(cold.firstToolsList)],
      ["first answer of an isolate, ms", round(cold.firstAnswer)],
      ["no-op on an evicted agent, ms", round(cold.wokenAgent)],
      ["consent page p50, ms", round(oauth.consentPageP50)],
      ["token refresh p50, ms", round(oauth.tokenP50)],
      ["token refresh, KV reads / writes", `${refresh.kvReads} / ${refresh.kvWrites}`],
      [
        "a whole walk, KV reads / writes, rows read / written",
        [walk.kvReads, walk.kvWrites, walk.rowsRead, walk.rowsWritten].join(" / "),
      ],
    ],
  );
  section("Sizes on a fixed day");
  printTable(
    ["answer", "tool", "bytes", "promised", "Oura requests"],
    report.answerSizes.map(({ what, tool, bytes, limit, ouraRequests }) => [
      ...[what, tool, bytes, limit === null ? "" : `≤ ${limit}${bytes > limit ? " EXCEEDED" : ""}`, ouraRequests],
    ]),
  );
  section("Targets");
  printTable(
    ["what", "measured", "target", ""],
    report.targets.map(({ what, measured, target, met }) => [what, measured, `≤ ${target}`, met ? "met" : "NOT MET"]),
  );
}

function printCalls(calls: readonly CallFigures[], floor: CallFigures): void {
  printTable(
    [
      ...["tool", "asked", "bytes", "tokens", "Oura req", "rounds", "Oura bytes", "p50", "p95", "× floor", "added"],
      ...["CPU ms", "× floor", "KV r/w", "rows r/w"],
    ],
    calls.map((call) => [
      ...[call.tool, call.what, call.answerBytes || call.wireBytes, call.approximateTokens],
      ...[call.ouraRequests, call.ouraRounds, call.ouraBytes, round(call.wallP50), round(call.wallP95)],
      ...[round(call.wallP50 / floor.wallP50), round(call.addedP50), round(call.cpuMilliseconds)],
      round(call.cpuMilliseconds / floor.cpuMilliseconds),
      ...[`${call.storage.kvReads}/${call.storage.kvWrites}`, `${call.storage.rowsRead}/${call.storage.rowsWritten}`],
    ]),
  );
}

function section(title: string): void {
  console.log(`\n${title}\n`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function say(value: number | null): string {
  return value === null ? "" : value.toFixed(2);
}
