import { printTable } from "../evaluate-answers/print-table.ts";
import type { BenchFigures } from "./bench-figures.ts";
import type { Comparison } from "./compare-runs.ts";
import type { CallFigures } from "./measure-calls.ts";
import { noOp } from "./questions.ts";
import type { Judgement } from "./targets.ts";

export interface BenchReport extends BenchFigures {
  targets: Judgement[];
}

interface Section {
  title: string;
  heading: readonly string[];
  rows: readonly (readonly (string | number)[])[];
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
    `This run was on ${at.slice(0, 16).replace("T", " at ")} UTC and took ${seconds} s. The machine has ${cores} cores of ${cpu} and ` +
    `runs Node ${node}. Its load average was ${load} at the end. The simulated Ōura takes 80 ms for each answer.`
  );
}

function describeSections(report: BenchReport): Section[] {
  const { bundle, cold, conversation, floor, idle, oauth } = report;
  const { walkStorage: walk, refreshStorage: refresh } = oauth;
  return [
    {
      title: "Targets",
      heading: ["what is measured, with its unit", "measured value", "target", "result"],
      rows: report.targets.map(({ what, measured, target, met }) => [
        ...[what, measured, `≤ ${target}`, met ? "met" : "**not met**"],
      ]),
    },
    {
      title: "First answers after an idle night",
      heading: ["what was measured", "median, ms", "shortest, ms", "longest, ms"],
      rows: (
        [
          ["time until a tool that does nothing answers the first request after a start", cold.firstNoOp],
          ["time until a tool that does nothing answers a later request", cold.warmNoOp],
          ["time until `oura_get_daily_summary` answers the first request after a start", cold.firstAnswer],
          [
            "CPU time that workerd uses when the first request after a start is for `oura_get_daily_summary`",
            cold.firstAnswerCpu,
          ],
          [
            "time until `oura_get_daily_summary` answers a later request for which it reads all data from Ōura again",
            cold.warmAnswer,
          ],
        ] as const
      ).map(([what, { median, least, most }]) => [what, round(median), round(least), round(most)]),
      note:
        `Each figure is from ${cold.starts} starts of workerd. The time until workerd itself is ready is not part of these ` +
        `figures; it was ${round(cold.runtimeReady)} ms in one start. In another measurement, workerd went on running, and ` +
        "only the person's Durable Object was removed from memory. The tool that does nothing then answered in " +
        `${round(cold.wokenAgent)} ms.`,
    },
    {
      title: "The worker without the agent",
      heading: [
        ...["address", "request", "bytes of the response", "median ms until the response"],
        ...["mean CPU ms of workerd", "p95 of the CPU ms of workerd"],
        "mean CPU ms of the platform alone, without Ringbridge's code",
      ],
      rows: report.worker.map((call) => [
        ...[call.tool, call.what, call.wireBytes, round(call.wallP50), round(call.cpuMilliseconds), round(call.cpuP95)],
        round(call.platformCpu),
      ]),
    },
    {
      title: "Tools alone, in Node",
      heading: ["tool", "arguments", "CPU ms of one call"],
      rows: report.alone.map(({ tool, what, cpuMilliseconds }) => [tool, sayArguments(what), round(cpuMilliseconds)]),
    },
    {
      title: "Requests without a tool of Ringbridge",
      heading: ["what answers the request", "requests to Ōura", ...timeHeading, withoutOura],
      rows: [...report.platform, floor, report.floorAfter].map((call) => [
        ...[call.what, call.ouraRequests, ...times(call, floor), round(call.addedP50)],
      ]),
    },
    {
      title: "Calls while no answer of Ōura is in memory: sizes and requests",
      heading: [
        ...["tool", "arguments", "bytes of the answer", "tokens of the answer, estimated", "requests to Ōura"],
        ...["largest number of these requests that ran one after another", "bytes of Ōura's answers"],
        ...[
          "mean number of KV reads and writes",
          "mean number of database rows read",
          "mean number of database rows written",
        ],
      ],
      rows: [floor, ...report.tools].map(({ storage, ...call }) => [
        ...[sayTool(call.tool), sayArguments(call.what), call.answerBytes, call.approximateTokens, call.ouraRequests],
        ...[call.ouraRounds, call.ouraBytes, storage.kvReads + storage.kvWrites, storage.rowsRead, storage.rowsWritten],
      ]),
    },
    {
      title: "Calls while no answer of Ōura is in memory: times",
      heading: ["tool", "arguments", ...timeHeading, withoutOura],
      rows: report.tools.map((call) => [
        ...[call.tool, sayArguments(call.what), ...times(call, floor), round(call.addedP50)],
      ]),
    },
    {
      title: "Calls while Ōura's answers are in memory",
      heading: [
        "tool, called without arguments",
        "requests to Ōura",
        "mean number of database rows read",
        ...timeHeading,
      ],
      rows: report.held.map((call) => [
        ...[call.tool, call.ouraRequests, call.storage.rowsRead, ...times(call, floor)],
      ]),
    },
    {
      title: "Requests of the protocol",
      heading: ["request", "year of the protocol version", "mean number of database rows read", ...timeHeading],
      rows: report.protocol.map((call) => [
        sayRequest(call.tool),
        call.what,
        call.storage.rowsRead,
        ...times(call, floor),
      ]),
    },
    {
      title: "A conversation of ten questions",
      heading: [
        ...["question", "tool that answers it", "bytes of the answer", "requests to Ōura for this question"],
        ...["largest number of these requests that ran one after another", "ms until the answer"],
      ],
      rows: conversation.questions.map(({ what, tool, answerBytes, ouraRequests, ouraRounds, wall }) => [
        ...[what, tool, answerBytes, ouraRequests, ouraRounds, Math.round(wall)],
      ]),
      note:
        "A question needs no requests to Ōura if the data is in memory since an earlier question. Together, the ten answers " +
        `have ${conversation.answerBytes} bytes (about ${conversation.approximateTokens} tokens). The ten calls took ` +
        `${Math.round(conversation.wallMilliseconds)} ms, and workerd used ${Math.round(conversation.cpuMilliseconds)} ms of CPU for ` +
        `them. The calls sent ${conversation.ouraRequests} requests to Ōura, and Ōura's answers had ${conversation.ouraBytes} bytes.`,
    },
    {
      title: "Several people, at one total rate",
      heading: [
        ...["people who ask in turn", "calls a second, of all people together", "calls made", "calls that failed"],
        ...["median ms until the answer", "p95 ms until the answer", "MB of memory of workerd"],
      ],
      rows: report.scale.map((crowd) => [
        ...[crowd.people, crowd.callsPerSecond, crowd.calls, crowd.errors, round(crowd.wallP50), round(crowd.wallP95)],
        round(crowd.residentMegabytes),
      ]),
    },
    {
      title: "Calls on one agent at the same moment",
      heading: [
        ...[
          "equal calls that start together",
          "calls that failed",
          "median ms until the answer",
          "p95 ms until the answer",
        ],
      ],
      rows: report.parallel.map(({ parallel, errors, wallP50, wallP95 }) => [
        ...[parallel, errors, round(wallP50), round(wallP95)],
      ]),
    },
    {
      title: "Memory of idle Durable Objects",
      heading: ["what is in memory", "MB of memory for each object"],
      rows: [
        ["a Durable Object that does nothing", idle.bareObject.toFixed(2)],
        ["an agent (an account's Durable Object) that has answered one call", idle.afterOneCall.toFixed(2)],
        ["an agent (an account's Durable Object) that has answered ten calls", idle.afterTenCalls.toFixed(2)],
      ],
      note:
        `Each figure is the growth of workerd's memory while it loads ${idle.agents} objects of the kind that the row ` +
        `names, divided by ${idle.agents}. Figures below 0.05 MB are not exact, because workerd's memory also grows ` +
        "and shrinks by itself.",
    },
    {
      title: "Other figures",
      heading: ["what is measured, with its unit", "value"],
      rows: [
        ["size of the bundle after gzip, KiB", bundle.gzipKilobytes],
        ["size of the bundle before compression, KiB", bundle.rawKilobytes],
        ["size of the code that a start of the worker evaluates, KB", round(bundle.eagerKilobytes)],
        ["CPU time to evaluate the worker's code at start, median of seven starts, ms", bundle.startUpMilliseconds],
        [
          "CPU time to evaluate the worker's code at start, shortest of seven starts, ms",
          bundle.startUpLeastMilliseconds,
        ],
        ["median time until the consent page arrives, ms", round(oauth.consentPageP50)],
        ["median time until an assistant's token refresh gets its answer, ms", round(oauth.tokenP50)],
        ["KV reads of one token refresh", refresh.kvReads],
        ["KV writes of one token refresh", refresh.kvWrites],
        ["database rows read by one token refresh", refresh.rowsRead],
        ["database rows written by one token refresh, including alarms", refresh.rowsWritten + refresh.alarmsSet],
        [`KV reads while ${newPerson}`, walk.kvReads],
        [`KV writes while ${newPerson}`, walk.kvWrites],
        [`database rows read while ${newPerson}`, walk.rowsRead],
        [`database rows written while ${newPerson}, including alarms`, walk.rowsWritten + walk.alarmsSet],
      ],
    },
    {
      title: "Six years of records in one answer of the simulated Ōura",
      heading: [
        ...["kind of Ōura's records", "records in the answer", "bytes of the answer"],
        ...[
          "CPU ms that the simulated Ōura used for the first request",
          "median CPU ms that the simulated Ōura used when this request was repeated",
        ],
      ],
      rows: report.sixYears.map(({ route, documents, bytes, first, again }) => [
        ...[route, documents, bytes, Math.round(first), round(again)],
      ]),
    },
    {
      title: "Sizes on a fixed day",
      heading: ["content of the answer", "tool", "bytes of the answer", "promised maximum, bytes", "requests to Ōura"],
      rows: report.answerSizes.map(({ what, tool, bytes, limit, ouraRequests }) => [
        ...[what, tool, bytes, limit === null ? "none" : `≤ ${limit}${bytes > limit ? " EXCEEDED" : ""}`, ouraRequests],
      ]),
    },
  ];
}

const newPerson = "a new person registers, connects a ring and allows an assistant";
const timeHeading = [
  ...["median ms until the answer", "p95 ms until the answer"],
  "median time, as a multiple of the median time of a tool that does nothing",
  ...[
    "mean CPU ms of workerd for a call",
    "mean CPU time, as a multiple of the mean CPU time of a tool that does nothing",
  ],
];
const withoutOura = "median ms until the answer, after subtracting the ms of waiting for Ōura";

/** The cells under {@link timeHeading}. */
function times(call: CallFigures, floor: CallFigures): number[] {
  return [
    ...[call.wallP50, call.wallP95, call.wallP50 / floor.wallP50].map(round),
    ...[call.cpuMilliseconds, call.cpuMilliseconds / floor.cpuMilliseconds].map(round),
  ];
}

function sayTool(tool: string): string {
  return tool === noOp.tool ? noOp.what : tool;
}

function sayRequest(tool: string): string {
  return tool === noOp.tool ? `call of ${noOp.what}` : tool;
}

function sayArguments(what: string): string {
  return what === "default" || what === noOp.what ? "none" : what;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
