import {
  type AroundEvent,
  averageAround,
  type DayAround,
  lookAround,
  type MeanAround,
  recoveryNights,
  shareOutside,
  shownAround,
} from "../../analytics/around-event.ts";
import { addDays, type DayRange, dayNumber, earlierDay, type IsoDay, isoDay } from "../../analytics/day.ts";
import type { Recovery } from "../../analytics/recovery.ts";
import type { DailySeries } from "../../analytics/series.ts";
import { dayNumbers } from "../../analytics/series.ts";
import { estimateSurvival } from "../../analytics/survival.ts";
import { type MetricDocuments, readSeries } from "../../oura/metric-series.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { matchesName } from "../../question/matches-name.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { badInput } from "../../question/parse-input.ts";
import { type Calendar, isDayText, readDay } from "../../question/range-input.ts";
import type { RingEvent } from "../../question/ring-event.ts";
import { squash } from "../../words/code-words.ts";
import { differenceValue, sayChangeOf, unitOfDifference } from "../../words/metric-change.ts";
import { roundingOf, sayMetric, sayRange, sayValue, shownValue, unitOf } from "../../words/metric-words.ts";
import type { AroundPicture } from "../../words/pictures.ts";
import { formatDay, formatSigned, formatSpan, joinSentences, round, upperFirst } from "../../words/present.ts";
import { wearerTextNote } from "../../words/wearer-text.ts";
import { listFactors, withoutTag } from "./choose-factors.ts";
import { drawAround, drawMean } from "./draw-around.ts";
import { type NamedTags, nameTags } from "./factors.ts";
import { createNightTimeline } from "./night-before.ts";

/** The days around the event if `event` is a date. Null when it is the name of a tag. */
export function rangeAround(input: { event?: string | undefined }, calendar: Calendar): DayRange | null {
  if (input.event === undefined || !isDayText(input.event)) return null;
  const { today, latest } = calendar;
  const day = readDay("event", input.event, calendar);
  if (day > latest) throw badInput(`event: ${day} is in the future; the wearer's today is ${today}.`);
  const end = addDays(day, recoveryNights);
  return { start: addDays(day, shownAround.first), end: earlierDay(end, today) };
}

/**
 * The events with a tag. The question may give the tag's number in answers ("own tag 1"), or its name with or without
 * the word "tag" ("tag alcohol" or "alcohol").
 */
function findTags(events: readonly RingEvent[], name: string): readonly RingEvent[] {
  const numbered = nameTags(events).tags.find((tag) => squash(tag.name) === squash(name));
  if (numbered) return numbered.uses;
  return events.filter((one) => one.kind === "tag" && [name, withoutTag(name)].some((form) => matchesName(one, form)));
}

interface EventQuestion {
  /** A date, or the name of a tag. */
  event: string;
  range: DayRange;
  today: IsoDay;
  outcomes: readonly MetricId[];
  documents: MetricDocuments;
  /** The outcomes (metrics such as resting heart rate) that the ring does not measure. */
  unmeasurable: ReadonlySet<string>;
  /** Null when tags could not be read. */
  events: readonly RingEvent[] | null;
}

interface EventAnswer {
  summary: string;
  around: { columns: string[]; rows: (string | number | null)[][] };
  recovery: { columns: string[]; rows: (string | number | null)[][] };
  /** Null when no outcome, such as resting heart rate, can be judged. */
  picture: AroundPicture | null;
  missing: MissingEntry[];
  /** The names that the wearer gave to tags, by the names that the summary uses ("own tag 1"). */
  wearer_text?: Record<string, string>;
  notes?: string[];
}

type EventTables = Omit<EventAnswer, "missing" | "wearer_text" | "notes">;

interface Followed {
  id: MetricId;
  series: DailySeries;
  events: readonly AroundEvent[];
}

/**
 * The outcomes (metrics such as resting heart rate) around a date, or around every day with a tag, compared with what
 * was usual before that date or before each such day.
 */
export function answerAroundEvent(question: EventQuestion): EventAnswer {
  const { event, range, today, outcomes, documents, events } = question;
  if (events === null && !isDayText(event)) {
    const none = { columns: [], rows: [] };
    const summary = "Cannot say: tags could not be read.";
    return { summary, around: none, recovery: none, picture: null, missing: [] };
  }
  const days = isDayText(event) ? [dayNumber(range.start) - shownAround.first] : tagDays(question);
  const followed = outcomes.map((id): Followed => {
    const series = readSeries(id, documents, today);
    const { model } = metrics[id];
    const shown = roundingOf(id);
    const found = days.map((day, index) => lookAround(series, model, day, days[index + 1] ?? null, shown));
    return { id, series, events: found };
  });
  const judged = followed.filter(({ events }) => events.some(({ kind }) => kind === "around"));
  const silent = followed.filter((one) => !judged.includes(one) && !question.unmeasurable.has(one.id));
  const [only] = days;
  const described =
    days.length === 1 && only !== undefined
      ? describeOne(judged, isoDay(only), today)
      : describeMany(judged, days, range, sayTag(events ?? [], event));
  const others = days.length === 0 ? nameTags(events ?? []) : null;
  return {
    ...described,
    summary: joinSentences(described.summary, others && sayTags(others)),
    ...(others && others.givenNames.size > 0
      ? { wearer_text: Object.fromEntries(others.givenNames), notes: [wearerTextNote] }
      : {}),
    missing:
      silent.length === 0 || days.length === 0
        ? []
        : [
            {
              what: silent.map(({ id }) => id).join(", "),
              reason: "unavailable",
              detail: "too little history to say what was usual before the event: 14 measured days of 60 are needed",
            },
          ],
  };
}

/**
 * Returns the days on which the tag was used. If the tag was used after midnight but before the night's sleep, it
 * counts for the day before.
 */
function tagDays({ event, range, documents, events }: EventQuestion): number[] {
  const timeline = createNightTimeline(documents.sleep ?? []);
  const tags = findTags(events ?? [], event);
  const { first, last } = dayNumbers(range);
  const nights = new Set(tags.flatMap((tag) => timeline.nightsAfter(tag)));
  return [...nights]
    .map((night) => night - 1)
    .filter((day) => day >= first && day <= last)
    .toSorted((a, b) => a - b);
}

/**
 * Examples: "the tag alcohol" for a tag that Ringbridge knows, "own tag 1" for the wearer's own tag if the question
 * uses that number, and otherwise "that tag". Names that the wearer gave are not repeated.
 */
function sayTag(events: readonly RingEvent[], event: string): string {
  const { tags, givenNames } = nameTags(events);
  const uses = new Set(findTags(events, event));
  const [tag, another] = tags.filter((one) => one.uses.some((use) => uses.has(use)));
  if (tag === undefined || another !== undefined) return "that tag";
  if (!givenNames.has(tag.name)) return `the ${tag.name}`;
  return squash(tag.name) === squash(event) ? tag.name : "that tag";
}

function sayTags({ tags, givenNames }: NamedTags): string | null {
  if (tags.length === 0) return null;
  const own = givenNames.size > 0 ? "; wearer_text has the names of own tags" : "";
  return `The tags of this time: ${listFactors(tags.map(({ name }) => name))}${own}.`;
}

function describeOne(judged: readonly Followed[], day: IsoDay, today: IsoDay): EventTables {
  const parts = judged.flatMap(({ id, events: [event] }) => (event?.kind === "around" ? [{ id, ...event }] : []));
  return {
    summary: joinSentences(
      parts.length === 0
        ? `Around ${formatDay(day)}: cannot say.`
        : `After ${formatDay(day)}, against the 60 days before: ${sayCourses(parts)}.`,
      parts.length === 0
        ? null
        : "Eight ordinary nights in ten lie inside the usual range. What follows an event need not come from it.",
    ),
    around: {
      columns: ["outcome", "unit", "day", "date", "value", "usual_low", "usual_high", "sd"],
      rows: parts.flatMap(({ id, days }) =>
        days.map(({ offset, day: on, value, usual, z }) => [
          ...[id, unitOf(id), offset, isoDay(on), shownValue(id, value)],
          ...[shownValue(id, usual.low), shownValue(id, usual.high), round(z, 1)],
        ]),
      ),
    },
    recovery: {
      columns: ["outcome", "back_on_day", "not_back_by_day", "why"],
      rows: parts.map(({ id, recovery }) => [
        id,
        recovery.kind === "recovered" ? recovery.night : null,
        recovery.kind === "censored" ? recovery.night : null,
        recovery.kind === "censored" ? reasons[recovery.because] : null,
      ]),
    },
    picture: drawAround(day, today, parts),
  };
}

/** Each outcome has a sentence of its own. The first sentence follows a colon. */
function sayCourses(parts: readonly ({ id: MetricId } & Extract<AroundEvent, { kind: "around" }>)[]): string {
  return parts
    .map((part) => sayCourse(part.id, part))
    .map((course, index) => (index === 0 ? course : upperFirst(course)))
    .join(". ");
}

const reasons = {
  next_event: "the next one came",
  end_of_record: "the record ends there",
  horizon: `${recoveryNights} nights were looked at`,
  missing_nights: "nights without data follow",
} as const satisfies Record<Extract<Recovery, { kind: "censored" }>["because"], string>;

/**
 * Example: "resting heart rate furthest out on Sat 10 Oct 2026 (day 2): 60 bpm, usual 50 to 56 bpm (+3.2 SD); back in
 * the usual range from day 5 (two nights in a row)". If the outcome was furthest out only after it was back in its
 * usual range, the text says so, because such a day may have little to do with the event.
 */
function sayCourse(id: MetricId, { days, recovery }: Extract<AroundEvent, { kind: "around" }>): string {
  const after = days.filter(({ offset, z }) => offset > 0 && z !== null);
  const peak = furthestOut(after);
  if (peak === null) return `${sayMetric(id)} was not measured after it`;
  if (!after.some(({ isOutside }) => isOutside))
    return `${sayMetric(id)} inside its usual range on each of ${after.length} measured nights`;
  if (recovery.kind === "censored" || peak.offset < recovery.night)
    return `${sayMetric(id)} furthest out on ${sayDayAround(id, peak)}; ${sayRecovery(recovery)}`;
  const first = furthestOut(after.filter(({ offset, isOutside }) => offset < recovery.night && isOutside));
  return first === null
    ? `${sayMetric(id)} in the usual range from day ${recovery.night} (two nights in a row); later out of it, furthest on ${sayDayAround(id, peak)}`
    : `${sayMetric(id)} out on ${sayDayAround(id, first)}; ${sayRecovery(recovery)}; later out again, furthest on ${sayDayAround(id, peak)}`;
}

function furthestOut([first, ...others]: readonly DayAround[]): DayAround | null {
  return others.reduce((most, day) => (Math.abs(day.z ?? 0) > Math.abs(most?.z ?? 0) ? day : most), first) ?? null;
}

function sayDayAround(id: MetricId, { day, offset, value, z, usual }: DayAround): string {
  return (
    `${formatDay(isoDay(day))} (day ${offset}): ${sayValue(id, value ?? 0)}, ` +
    `usual ${sayRange(id, usual.low, usual.high)} (${formatSigned(z ?? 0, 1)} SD)`
  );
}

function sayRecovery(recovery: Recovery): string {
  return recovery.kind === "recovered"
    ? `back in the usual range from day ${recovery.night} (two nights in a row)`
    : `not back by day ${recovery.night} (${reasons[recovery.because]})`;
}

function describeMany(judged: readonly Followed[], days: readonly number[], range: DayRange, tag: string): EventTables {
  const parts = judged
    .map(({ id, series, events }) => ({
      id,
      course: averageAround(events),
      recoveries: events.flatMap((event) => (event.kind === "around" ? [event.recovery] : [])),
      ordinary: shareOutside(series, metrics[id].model, dayNumbers(range), days, roundingOf(id)),
    }))
    .map((part) => ({ ...part, survival: estimateSurvival(part.recoveries) }));
  const between = `from ${formatSpan(range)}`;
  return {
    summary:
      days.length === 0
        ? `No tag of that name before a night ${between}.`
        : parts.length === 0
          ? `After ${days.length} evenings with ${tag} ${between}: cannot say.`
          : joinSentences(
              `After ${days.length} evenings with ${tag} ${between}, against the 60 days before each: ${parts.map(sayMean).join("; ")}.`,
              "What follows an event need not come from it.",
            ),
    around: {
      columns: ["outcome", "unit", "day", "n", "difference", "low", "high", "mean_sd"],
      rows: parts.flatMap(({ id, course }) =>
        course.map(({ offset, n, z, difference, interval }) => [
          ...[id, unitOfDifference(id), offset, n],
          ...[difference, interval?.low ?? null, interval?.high ?? null].map((size) => differenceValue(id, size)),
          round(z, 1),
        ]),
      ),
    },
    recovery: {
      columns: ["outcome", "events", "back", "median_day", "ordinary_outside_pct"],
      rows: parts.map(({ id, survival: { events, recovered, medianNight, isEnough }, ordinary: { share } }) => [
        ...[id, events, recovered, isEnough ? medianNight : null],
        round(share === null ? null : 100 * share),
      ]),
    },
    picture: drawMean(days.length, parts),
  };
}

type ManyPart = {
  id: MetricId;
  course: ReturnType<typeof averageAround>;
  recoveries: readonly Recovery[];
  survival: ReturnType<typeof estimateSurvival>;
  ordinary: ReturnType<typeof shareOutside>;
};

/**
 * Example: "resting heart rate furthest out on day 1: +4.1 bpm from usual on average of 8 (95 % interval +2.9 to +5.3
 * bpm; +1.8 SD), usually back in range on day 2 (median; seen after 7 of 8; not seen after 1: the next one came)".
 * After seven of these eight events, the heart rate was seen to return to its usual range.
 */
function sayMean({
  id,
  course,
  recoveries,
  survival: { events, recovered, medianNight, isEnough },
  ordinary: { share },
}: ManyPart): string {
  const after = course.filter(({ offset, z }) => offset > 0 && z !== null);
  const [first] = after;
  if (!first) return `${sayMetric(id)} was not measured after it`;
  const peak = after.reduce((most, day) => (Math.abs(day.z ?? 0) > Math.abs(most.z ?? 0) ? day : most), first);
  const back = !isEnough
    ? "too few for a median of when it was back in range"
    : medianNight === null
      ? `more than half not seen back in range (${recovered} of ${events} were)`
      : medianNight === 1
        ? sayFirstNight(recoveries)
        : `usually back in range on day ${medianNight} (median; seen after ${recovered} of ${events}${sayUnseen(recoveries)})`;
  const ordinary = share === null ? "" : `; of the other nights ${round(100 * share)} % lie outside`;
  const furthest = `on day ${peak.offset}: ${sayMeanAround(id, peak)}`;
  const isPeakLater = isEnough && medianNight !== null && peak.offset > medianNight;
  return isPeakLater
    ? `${sayMetric(id)} ${back}, furthest out later, ${furthest}${ordinary}`
    : `${sayMetric(id)} furthest out ${furthest}, ${isEnough && medianNight === 1 ? "yet " : ""}${back}${ordinary}`;
}

/**
 * For a metric that is usually inside its range on the first day. Example: "already inside its usual range on day 1 after
 * 12 of 26 (back later after 4; not seen after 10: the next one came)".
 */
function sayFirstNight(recoveries: readonly Recovery[]): string {
  const inside = recoveries.filter(({ kind, night }) => kind === "recovered" && night === 1).length;
  const later = recoveries.filter(({ kind, night }) => kind === "recovered" && night > 1).length;
  const others = `${later === 0 ? "" : `; back later after ${later}`}${sayUnseen(recoveries)}`.slice(2);
  return `already inside its usual range on day 1 after ${inside} of ${recoveries.length}${others === "" ? "" : ` (${others})`}`;
}

/** Example: "; not seen after 10: 9 because the next one came, 1 because nights without data follow". */
function sayUnseen(recoveries: readonly Recovery[]): string {
  const because = Map.groupBy(
    recoveries.flatMap((recovery) => (recovery.kind === "censored" ? [recovery.because] : [])),
    (reason) => reason,
  );
  const counts = [...because].toSorted(([, one], [, other]) => other.length - one.length);
  if (counts.length === 0) return "";
  const said = counts.map(([reason, { length }]) =>
    counts.length === 1 ? reasons[reason] : `${length} because ${reasons[reason]}`,
  );
  const count = counts.reduce((sum, [, { length }]) => sum + length, 0);
  return `; not seen after ${count}: ${said.join(", ")}`;
}

function sayMeanAround(id: MetricId, { n, z, difference, interval }: MeanAround): string {
  const said = sayChangeOf(id, { from: 0, to: difference ?? 0, ...(interval ? { interval } : {}) });
  const within = said.interval === null ? "" : `95 % interval ${said.interval}; `;
  return `${said.signed} from usual on average of ${n} (${within}${formatSigned(z ?? 0, 1)} SD)`;
}
