import { type Chronotype, type ClockNight, findChronotype } from "../../analytics/chronotype.ts";
import { spreadOfClock } from "../../analytics/clock-spread.ts";
import { addDays, type DayRange, dayNumber, type IsoDay, isWithin, listDays } from "../../analytics/day.ts";
import { measureRegularity } from "../../analytics/sleep-regularity.ts";
import { measureShortfall, recommendedHours, type SleepShortfall } from "../../analytics/sleep-shortfall.ts";
import { isWeekend } from "../../analytics/weekday.ts";
import { localMinute, type SleepDay } from "../../oura/night.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import type { WearTime } from "../../oura/wear.ts";
import { formatClock, formatMinutes, formatSpan, joinSentences, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { readSleepStates } from "./sleep-states.ts";

export const patterns = ["regularity", "chronotype", "social_jet_lag", "sleep_shortfall"] as const;
export type Pattern = (typeof patterns)[number];

/**
 * How many days a question about a pattern of sleep covers. `default` is the number of days when the question gives no
 * dates, and `most` is the largest allowed number of days.
 */
export const patternDays: Readonly<Record<Pattern, { default: number; most: number }>> = {
  regularity: { default: 28, most: 92 },
  chronotype: { default: 90, most: 366 },
  social_jet_lag: { default: 90, most: 366 },
  sleep_shortfall: { default: 14, most: 31 },
};

/** The wearer's own usual sleep is the mean over this many days before the range. */
export const usualSleepDays = 60;

export interface PatternAnswer {
  summary: string;
  figures: Readonly<Record<string, Cell>>;
  notes: readonly string[];
}

/**
 * Sleep records with their phases. `wear` (the hours for which the ring was worn) is null when it could not be read.
 */
export interface RegularityData {
  sleep: readonly SleepDay<OuraDocument<"sleep_with_series">>[];
  wear: readonly (WearTime & { day: IsoDay })[] | null;
}

/** How similar the times of sleep are from one day to the next, and how much the bedtimes vary. */
export function describeRegularity({ sleep, wear }: RegularityData, range: DayRange): PatternAnswer {
  const found = measureRegularity(readSleepStates(sleep, wear, range));
  const nights = nightsIn(sleep, range);
  const bedtimes = spreadOfClock(nights.flatMap(({ bedtime_start }) => localMinute(bedtime_start) ?? []));
  const wakeTimes = spreadOfClock(nights.flatMap(({ bedtime_end }) => localMinute(bedtime_end) ?? []));
  const index =
    found.kind === "regularity"
      ? `Sleep regularity index ${round(found.index)} of 100 (${found.pairsOfDays} pairs of neighbouring days${found.isProvisional ? "; provisional, 14 are needed to be settled" : ""}).`
      : `No sleep regularity index: ${found.pairsOfDays} pairs of neighbouring days are known, and ${found.needPairs} are needed.`;
  return {
    summary: joinSentences(
      `${formatSpan(range)}: ${lowerFirst(index)}`,
      sayClock("Bedtime", bedtimes),
      sayClock("Wake time", wakeTimes),
    ),
    figures: {
      sleep_regularity_index: found.kind === "regularity" ? round(found.index, 1) : null,
      pairs_of_days: found.pairsOfDays,
      nights: nights.length,
      ...clockFigures("bedtime", bedtimes),
      ...clockFigures("wake_time", wakeTimes),
    },
    notes: [
      "The index compares each five minutes with the same time a day before: 100 is the same sleep every day, 0 is random. No limit tells regular from irregular sleep.",
      wear === null
        ? "How long the ring was worn could not be read; outside of sleep the wearer is taken to be awake."
        : "Days on which the ring was off for four hours or more count only while asleep.",
    ],
  };
}

/**
 * The chronotype is when a person would sleep if nothing woke them. The social jet lag is the time by which work shifts
 * a person's sleep.
 */
export function describeChronotype(
  pattern: "chronotype" | "social_jet_lag",
  sleep: readonly SleepDay[],
  range: DayRange,
): PatternAnswer {
  const nights = sleep.flatMap(({ day, night }) => {
    const start = localMinute(night?.bedtime_start ?? null);
    if (!night || start === null || !isWithin(day, range)) return [];
    const latency = (night.latency ?? 0) / 60;
    return [{ day, onset: start + latency, duration: (night.end - night.start) / 60_000 - latency }];
  });
  const clock = (kept: typeof nights): ClockNight[] => kept;
  const work = nights.filter(({ day }) => !isWeekend(dayNumber(day)));
  const free = nights.filter(({ day }) => isWeekend(dayNumber(day)));
  const found = findChronotype(clock(work), clock(free));
  const notes = [
    "Free nights are taken to be those of Friday and Saturday evenings, because nothing tells which days were free. Travel, shift work and holidays change the result.",
    "Chronotype: mid-sleep on free nights, corrected for sleep that is caught up on them (MSFsc). It is a clock time, not a type.",
  ];
  if (found.kind === "too_few_nights")
    return {
      summary: `${formatSpan(range)}: too few nights for ${pattern.replaceAll("_", " ")}: ${found.workNights} work nights and ${found.freeNights} free nights, and ${found.needWorkNights} and ${found.needFreeNights} are needed. Ask about a longer span.`,
      figures: { work_nights: found.workNights, free_nights: found.freeNights },
      notes,
    };
  return {
    summary: joinSentences(
      `${formatSpan(range)}, ${work.length} work nights and ${free.length} nights of Friday and Saturday:`,
      pattern === "chronotype" ? sayChronotype(found) : saySocialJetLag(found),
    ),
    figures: {
      chronotype_mid_sleep: formatClock(found.chronotype),
      mid_sleep_free: formatClock(found.midSleepFree),
      mid_sleep_work: formatClock(found.midSleepWork),
      sleep_free_min: round(found.durationFree),
      sleep_work_min: round(found.durationWork),
      social_jet_lag_min: round(found.socialJetLag),
      social_jet_lag_corrected_min: round(found.socialJetLagCorrected),
      work_nights: work.length,
      free_nights: free.length,
    },
    notes,
  };
}

type Figures = Extract<Chronotype, { kind: "chronotype" }>;

function sayChronotype({ chronotype, midSleepFree, midSleepWork }: Figures): string {
  return `the middle of sleep on free nights is ${formatClock(midSleepFree)}, corrected for catching up ${formatClock(chronotype)} (the chronotype); on work nights it is ${formatClock(midSleepWork)}.`;
}

function saySocialJetLag({ socialJetLag, socialJetLagCorrected, midSleepFree, midSleepWork }: Figures): string {
  const size = Math.round(Math.abs(socialJetLag));
  const shift = size === 0 ? "at the same time" : `${formatMinutes(size)} ${socialJetLag > 0 ? "later" : "earlier"}`;
  return `the middle of sleep is ${shift} on free nights (${formatClock(midSleepFree)}) than on work nights (${formatClock(midSleepWork)}): the social jet lag. Without the effect of catching up it is ${formatMinutes(Math.round(socialJetLagCorrected))}.`;
}

/**
 * How much less the wearer slept than needed (the shortfall). If the question gives the needed hours of sleep, these
 * are used. Otherwise, the recommended hours of sleep are used. If enough earlier nights were measured, a second
 * shortfall is computed from the wearer's own usual sleep.
 */
export function describeShortfall(
  sleep: readonly SleepDay[],
  range: DayRange,
  needHours: number | null,
): PatternAnswer {
  const hoursOn = new Map(
    sleep.map(({ day, night, totalWithNaps }) => [day, night && totalWithNaps !== null ? totalWithNaps / 3600 : null]),
  );
  const hours = listDays(range).map((day) => hoursOn.get(day) ?? null);
  const usual = listDays({ start: addDays(range.start, -usualSleepDays), end: addDays(range.start, -1) })
    .map((day) => hoursOn.get(day) ?? null)
    .filter((value) => value !== null);
  const usualMean = usual.length * 2 < usualSleepDays ? null : usual.reduce((sum, one) => sum + one, 0) / usual.length;
  const needs =
    needHours !== null
      ? [{ name: "named", label: "the need named", hours: needHours }]
      : [
          { name: "recommended", label: "the recommended minimum for adults", hours: recommendedHours },
          ...(usualMean === null
            ? []
            : [{ name: "usual", label: `the wearer's mean of the ${usualSleepDays} days before`, hours: usualMean }]),
        ];
  const measured = needs.map((need) => ({ need, found: measureShortfall(hours, need.hours) }));
  const [first] = measured;
  const notes = [
    "Net: long nights make up for short ones. Gross: they do not. Naps count. Nights without data count in neither. How much sleep a person needs is not measured; say need_hours to use another.",
    ...(needHours === null && usualMean === null
      ? [`The own usual is left out: ${usual.length} of the ${usualSleepDays} nights before were measured.`]
      : []),
  ];
  if (!first || first.found.kind === "too_few_nights") {
    const { n, needNights } = first?.found.kind === "too_few_nights" ? first.found : { n: 0, needNights: 10 };
    return {
      summary: `${formatSpan(range)}: too few nights for a sleep shortfall: ${n} measured, ${needNights} are needed.`,
      figures: { n },
      notes,
    };
  }
  const figures = measured.flatMap(({ need, found }) =>
    found.kind === "shortfall" ? Object.entries(shortfallFigures(need, found)) : [],
  );
  const said = measured.flatMap(({ need, found }) => (found.kind === "shortfall" ? [sayShortfall(need, found)] : []));
  return {
    summary: `${formatSpan(range)}: ${formatMinutes(Math.round(first.found.meanHours * 60))} of sleep a day on average, naps included (n ${first.found.n} of ${hours.length} nights). ${said.join(" ")}`,
    figures: {
      n: first.found.n,
      missing: first.found.missing,
      mean_h: round(first.found.meanHours, 2),
      ...Object.fromEntries(figures),
    },
    notes,
  };
}

interface Need {
  name: string;
  label: string;
  hours: number;
}

function shortfallFigures({ name, hours }: Need, found: Extract<SleepShortfall, { kind: "shortfall" }>) {
  return {
    [`${name}_need_h`]: round(hours, 2),
    [`${name}_net_h`]: round(found.netHours, 2),
    [`${name}_gross_h`]: round(found.grossHours, 2),
    [`${name}_short_nights`]: found.shortNights,
  };
}

function sayShortfall({ label, hours }: Need, found: Extract<SleepShortfall, { kind: "shortfall" }>): string {
  const net = Math.round(Math.abs(found.netHours) * 60);
  const size = found.netHours >= 0 ? `${formatMinutes(net)} short` : `${formatMinutes(net)} more than that`;
  return `Against ${formatMinutes(Math.round(hours * 60))} (${label}): ${size} in all; ${found.shortNights} short nights lack ${formatMinutes(Math.round(found.grossHours * 60))}.`;
}

function nightsIn(sleep: readonly SleepDay[], range: DayRange) {
  return sleep.flatMap(({ day, night }) => (night && isWithin(day, range) ? [night] : []));
}

function sayClock(what: string, spread: ReturnType<typeof spreadOfClock>): string | null {
  switch (spread.kind) {
    case "spread":
      return `${what} ${formatClock(spread.mean)} on average, SD ${formatMinutes(Math.round(spread.sd))} (n ${spread.n} nights, from ${formatClock(spread.earliest)} to ${formatClock(spread.latest)}).`;
    case "no_usual_time":
      return `${what}: no usual time, the times are spread round the clock (n ${spread.n} nights).`;
    case "too_few_nights":
      return null;
  }
}

function clockFigures(name: string, spread: ReturnType<typeof spreadOfClock>): Record<string, Cell> {
  return spread.kind === "spread"
    ? { [`${name}_mean`]: formatClock(spread.mean), [`${name}_sd_min`]: round(spread.sd) }
    : { [`${name}_mean`]: null, [`${name}_sd_min`]: spread.kind === "no_usual_time" ? round(spread.sd) : null };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
