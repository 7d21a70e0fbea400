import type { Anomalies } from "../../analytics/anomalies.ts";
import { countDays, type DayRange, dayNumber } from "../../analytics/day.ts";
import { mostOrdinaryFlags } from "../../analytics/ordinary-flags.ts";
import type { MetricHistory } from "../../analytics/strained-nights.ts";
import { isInCoolerPart } from "../../analytics/temperature-rhythm.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { formatSpan, joinSentences, round } from "../../words/present.ts";
import { sayJourney } from "./say-journey.ts";
import type { Scan } from "./unusual-days.ts";

/**
 * Compares the number of unusual values with the number that chance alone would give, then names the most unusual days
 * and states that the result is no diagnosis.
 */
export function summarizeAnomalies(
  { found, histories }: Scan,
  range: DayRange,
  sensitivity: string,
  counts: { together: number; single: number },
  foremost: string | null,
): string {
  const head = `${formatSpan(range)} (${countDays(range)} days, sensitivity ${sensitivity}):`;
  if (!isAnyJudged(found)) {
    return `${head} cannot be said yet; 14 earlier measured days are needed to know what is usual (so far ${countMostMeasured(histories)}).`;
  }
  return joinSentences(
    head,
    sayTogether(counts.together, counts.single),
    sayFlagged(found, counts.single),
    foremost,
    "Unusual is not ill: this is no diagnosis.",
  );
}

export function isAnyJudged({ metrics: scanned }: Anomalies): boolean {
  return scanned.some(({ ordinary }) => ordinary.scoredDays > 0);
}

function countMostMeasured(histories: readonly MetricHistory[]): number {
  const counts = histories.map(({ series }) => series.values.filter((value) => value !== null).length);
  return Math.max(0, ...counts);
}

function sayTogether(together: number, single: number): string | null {
  if (together + single === 0) return "nothing unusual.";
  if (together === 0) return null;
  return `${together} unusual ${together === 1 ? "spell" : "spells"} of several signs of strain together.`;
}

/**
 * How many values are flagged as unusual, in how many runs (neighbouring days), and whether chance alone would give as
 * many.
 */
function sayFlagged({ metrics: scanned, expectedFlags }: Anomalies, runs: number): string {
  const flagged = scanned.reduce((sum, { flags }) => sum + flags.length, 0);
  const expected = round(expectedFlags, expectedFlags < 10 ? 1 : 0) ?? 0;
  const ordinary = `ordinary days would give about ${expected} ${expected === 1 ? "value" : "values"}`;
  if (flagged === 0) return `No value of a single metric is flagged; ${ordinary}.`;
  const values = `${flagged} flagged ${flagged === 1 ? "value" : "values"} of single metrics`;
  const inRuns = runs === flagged ? "" : ` in ${runs} ${runs === 1 ? "run" : "runs"}`;
  const isMore = flagged > mostOrdinaryFlags(expectedFlags);
  return `${values}${inRuns}; ${ordinary}, so this is ${isMore ? "more than ordinary" : "no more than ordinary"}.`;
}

/**
 * A note for wearers whose temperature has a monthly rhythm. In the cooler part of this rhythm, signs of strain on the
 * body are harder to find than in the warmer part. So if no such signs were found, and the range ends in the cooler
 * part, the note is given.
 */
export function describeRhythm({ found, rhythm }: Scan, range: DayRange): string[] {
  const hides = rhythm !== null && isInCoolerPart(rhythm, dayNumber(range.end));
  return hides && found.alerts.length === 0
    ? ["The temperature of the nights rises about monthly. Before it rises, signs of strain are found less often."]
    : [];
}

/**
 * Reports metrics of which no day could be judged, because there are no values in the range or too few earlier days to
 * compare with.
 */
export function describeForming({ metrics: scanned }: Anomalies, unmeasurable: ReadonlySet<string>): MissingEntry[] {
  const silent = scanned.filter(({ metric, ordinary }) => ordinary.scoredDays === 0 && !unmeasurable.has(metric));
  const entry = (scannedOnes: typeof silent, detail?: string): MissingEntry[] =>
    scannedOnes.length === 0
      ? []
      : [
          {
            what: scannedOnes.map(({ metric }) => metric).join(", "),
            reason: "unavailable",
            ...(detail === undefined ? {} : { detail }),
          },
        ];
  return [
    ...entry(
      silent.filter(({ formingDays }) => formingDays > 0),
      "too little history to say what is usual: 14 earlier days are needed",
    ),
    ...entry(silent.filter(({ formingDays }) => formingDays === 0)),
  ];
}

export function describeJourneys({ journeys, metrics: scanned, alertsSetAside }: Anomalies): string[] {
  if (journeys.length === 0) return [];
  const aside = scanned.reduce((sum, { setAside }) => sum + setAside.length, 0) + alertsSetAside.length;
  const said = journeys.map(sayJourney);
  return [
    `Travel: ${said.join("; ")}.${aside > 0 ? ` ${aside} unusual figures of those nights are explained by it and not listed.` : ""}`,
  ];
}
