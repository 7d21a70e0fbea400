import * as z from "zod";
import { addDays, type IsoDay, parseIsoDay } from "../analytics/day.ts";
import { definePrompt } from "./define-prompt.ts";

/**
 * Makes the schema of a text that must match `form`.
 * @param wanted Describes the texts that are accepted. If another text is sent, an error message shows this description
 * after the word "write".
 */
function textOf(form: RegExp, wanted: string) {
  return z.string().refine((text) => form.test(text), wanted);
}

const isoDay = textOf(/^\d{4}-\d{2}-\d{2}$/, "a day as YYYY-MM-DD");
const days = (meaning: string) => textOf(/^\d{1,3}$/, "a number of days, such as 28").describe(meaning);

const morningCheck = definePrompt({
  name: "morning_check",
  title: "Morning check",
  description: "How last night went, how ready the body is, and anything unusual.",
  args: z.object({}),
  suggestions: {},
  calls: () => [
    { tool: "oura_get_daily_summary", input: { start_date: "today", include_baselines: true } },
    { tool: "oura_get_sleep_sessions", input: { start_date: "today" } },
  ],
  task: () =>
    "How was my night and how is my body this morning? Three or four sentences: how long and how well I slept, readiness, " +
    "and only what stands outside my usual range. If the night has not synced, say so and use the newest one there is.",
});

const weeklyReview = definePrompt({
  name: "weekly_review",
  title: "Weekly review",
  description: "The last seven days: sleep, movement, what changed against the weeks before, what I did.",
  args: z.object({}),
  suggestions: {},
  calls: () => [
    { tool: "oura_get_trends", input: { window_days: 7 } },
    { tool: "oura_detect_anomalies", input: {} },
    { tool: "oura_get_events", input: {} },
  ],
  task: () =>
    "Review my last seven days: sleep, recovery and movement, what changed against the week and month before, unusual days, " +
    "and what I did (workouts, tags). Tell changes that are more than chance apart from those that may be chance.",
});

/** Completions for the argument `tag`: the tags of Oura's app that people use most. Any other tag can be typed. */
const commonTags = [
  "alcohol",
  "caffeine",
  "late meal",
  "late caffeine",
  "magnesium",
  "melatonin",
  "meditation",
  "sauna",
];

const sleepExperiment = definePrompt({
  name: "sleep_experiment",
  title: "Sleep experiment",
  description: "What a tag goes with: nights after it against nights without it.",
  args: z.object({
    tag: z.string().max(60).describe("The tag, such as alcohol or late meal."),
    days: days("How many days to look at. Default: 180.").optional(),
  }),
  suggestions: { tag: commonTags, days: ["90", "180", "365"] },
  calls: ({ tag, days: reach = "180" }, today) => [
    { tool: "oura_get_events", input: { kinds: ["tag"], name: tag, ...lastDays(reach, 366, today) } },
    {
      tool: "oura_find_influences",
      input: {
        ...lastDays(reach, 366, today),
        outcomes: ["sleep_score", "hrv", "resting_heart_rate", "deep_sleep", "total_sleep"],
      },
    },
  ],
  task: ({ tag }) =>
    `What goes with the tag named ${JSON.stringify(tag)} in my nights? Say on how many nights, the difference to nights without it with its ` +
    "interval, and for which outcomes nothing stood out. If it was used too seldom, say how many more times it takes. " +
    "An association does not prove an effect; say what else falls on the same nights.",
});

const gettingIll = definePrompt({
  name: "am_i_getting_ill",
  title: "Am I getting ill?",
  description: "Whether several signs of strain stand out together on the last nights. No diagnosis.",
  args: z.object({}),
  suggestions: {},
  calls: (_args, today) => [
    { tool: "oura_detect_anomalies", input: { ...lastDays("14", 180, today), sensitivity: "high" } },
    { tool: "oura_get_daily_summary", input: { start_date: "today", include_baselines: true } },
  ],
  task: () =>
    "Do my last nights look strained? Say which of resting heart rate, HRV, temperature and breathing stand apart from " +
    "my usual, since when and by how much, how many such flags ordinary days would give, and what was noted before them. " +
    "Unusual is not ill and usual is not well: say both, and that how I feel counts more.",
});

const comparePeriodsPrompt = definePrompt({
  name: "compare_periods",
  title: "Compare two periods",
  description: "The last days against as many before, or since a day against the time before it.",
  args: z.object({
    days: days("How many days on each side. Default: 28.").optional(),
    since: isoDay.optional().describe("Instead: the first day of a change, YYYY-MM-DD."),
  }),
  suggestions: { days: ["7", "14", "28", "56", "84"] },
  calls: ({ days: length, since }) => [
    {
      tool: "oura_compare_periods",
      input: since === undefined ? { last_days: clampDays(length ?? "28", 7, 184) } : { start_date: since },
    },
  ],
  task: () =>
    "What differs between the two periods? Name what is clearly higher or lower with its interval, then what shows no clear " +
    "difference, then what cannot be said and why. Mention how many days each side has, and weekdays or missing days " +
    "where they are uneven.",
});

const doctorVisit = definePrompt({
  name: "prepare_for_doctor",
  title: "Prepare for the doctor",
  description: "Facts from the ring for an appointment: figures, dates and gaps, no interpretation.",
  args: z.object({
    days: days("How many days back. Default: 90.").optional(),
    concern: z.string().max(200).optional().describe("What the visit is about, in a few words."),
  }),
  suggestions: { days: ["30", "60", "90"] },
  calls: ({ days: reach = "90" }, today) => [
    { tool: "oura_get_trends", input: { window_days: clampDays(reach, 14, 90) } },
    { tool: "oura_detect_anomalies", input: lastDays(reach, 180, today) },
    { tool: "oura_get_events", input: { ...lastDays(reach, 366, today), kinds: ["tag", "rest_mode"] } },
    { tool: "oura_get_device", input: {} },
  ],
  task: ({ concern }) =>
    "Make a one-page list of facts from my ring for a doctor's visit" +
    `${concern === undefined ? "" : ` (what it is about, in my words: ${JSON.stringify(concern)})`}: ` +
    "mean, range and number of nights of resting heart rate, HRV, breathing rate, skin temperature deviation, sleep and " +
    "steps; dates of unusual spells; what I noted then; days without data; the ring's model. Facts only: no " +
    "interpretation, no cause, no advice, and a line saying that a consumer ring is no medical device.",
});

const monthlyReport = definePrompt({
  name: "monthly_report",
  title: "Monthly report",
  description: "A calendar month: sleep, recovery and movement, records, what changed, and what I did.",
  args: z.object({
    month: textOf(/^\d{4}-(0[1-9]|1[0-2])$/, "a month as YYYY-MM")
      .optional()
      .describe("YYYY-MM. Default: the last full month."),
  }),
  suggestions: {},
  calls: ({ month }, today) => {
    const range = monthOf(month ?? addDays(today, -Number(today.slice(8))).slice(0, 7), today);
    const metrics = ["sleep_score", "total_sleep", "readiness_score", "hrv", "resting_heart_rate", "steps"];
    return [
      { tool: "oura_get_statistics", input: { metrics, ...range } },
      { tool: "oura_compare_periods", input: { ...range, compare_with: "previous" } },
      { tool: "oura_detect_anomalies", input: range },
      { tool: "oura_get_events", input: range },
    ];
  },
  task: () =>
    "Report on this month: for sleep, recovery and movement the average with its number of days, and the best and worst day " +
    "with its date; what differs from as many days before by more than chance; unusual days; and what I did (workouts with " +
    "time and distance, tags). Say which days have no data and why.",
});

const scores = ["readiness", "sleep", "activity"] as const;

const whatPulledItDown = definePrompt({
  name: "what_pulled_it_down",
  title: "What pulled it down?",
  description: "Why a score is low: its contributors against what is usual, and the day before.",
  args: z.object({
    score: z.enum(scores).optional().describe("readiness, sleep or activity. Default: readiness."),
    day: isoDay.optional().describe("YYYY-MM-DD. Default: today."),
  }),
  suggestions: { score: scores },
  calls: ({ day }, today) => [
    {
      tool: "oura_get_daily_summary",
      input: { start_date: day ?? "today", include_contributors: true, include_baselines: true },
    },
    // The prompt needs the events of the score's day and of the day before. If the person names no day, the score's day
    // is today. Where the wearer is, today can be one day before the current UTC day. So the range begins two days
    // before the UTC day.
    {
      tool: "oura_get_events",
      input: day === undefined ? { start_date: addDays(today, -2) } : { start_date: dayBefore(day), end_date: day },
    },
  ],
  task: ({ score = "readiness" }) =>
    `What pulled my ${score} score down? Name the one to three contributors that stand lowest against my usual, each with its ` +
    "figure, and the measured values beside them. Say what I noted or did the day before, without claiming that it was the " +
    "cause. If the score is not low, or there is none, say so and why. What counts for a score are Ōura's words; no advice.",
});

const beforeAndAfter = definePrompt({
  name: "before_and_after",
  title: "Before and after",
  description:
    "A day that changed something, or hit hard: the time before against the time after, and when it was over.",
  args: z.object({
    date: isoDay.describe("The first day of the change, or the day of the event: YYYY-MM-DD."),
    days: days("How many days on each side. Default: 28.").optional(),
  }),
  suggestions: { days: ["7", "14", "28", "56"] },
  calls: ({ date, days: length = "28" }, today) => {
    const count = clampDays(length, 3, 184);
    const first = parseIsoDay(date) ?? today;
    const last = [addDays(first, count - 1), today].toSorted()[0] ?? today;
    const before = { compare_start_date: addDays(first, -count), compare_end_date: addDays(first, -1) };
    return [
      { tool: "oura_compare_periods", input: { start_date: first, end_date: last, ...before } },
      { tool: "oura_find_influences", input: { event: first } },
      { tool: "oura_get_events", input: { start_date: addDays(first, -1), end_date: addDays(first, 1) } },
    ];
  },
  task: ({ date }) =>
    `What differs before and after ${date}? First what is clearly higher or lower, with both means, the number of days and the ` +
    "interval; then which difference would not show. Then the days around it: how far each figure left my usual range, and on " +
    "which day it was back inside. Say what else falls on these days. A difference is no proof of a cause.",
});

/** Every prompt, in the order in which clients list them. */
export const prompts = [
  morningCheck,
  whatPulledItDown,
  weeklyReview,
  monthlyReport,
  sleepExperiment,
  gettingIll,
  comparePeriodsPrompt,
  beforeAndAfter,
  doctorVisit,
] as const;

/** The first and the last day of `month`, a text such as 2026-11. For the current month, the last day is today. */
function monthOf(month: string, today: IsoDay): { start_date: string; end_date: string } {
  const first = parseIsoDay(`${month}-01`) ?? today;
  const next = addDays(first, 31).slice(0, 7);
  const last = addDays(parseIsoDay(`${next}-01`) ?? today, -1);
  return { start_date: first, end_date: last > today && first <= today ? today : last };
}

/**
 * The text `day` was typed by a person and may be wrong. If it is not a day of the calendar, the function returns it
 * unchanged. The tool then refuses the text and explains why.
 */
function dayBefore(day: string): string {
  const parsed = parseIsoDay(day);
  return parsed === null ? day : addDays(parsed, -1);
}

function clampDays(text: string, least: number, most: number): number {
  return Math.min(most, Math.max(least, Number(text)));
}

/**
 * Returns the first day of a range that ends today. `text` is the number of days in the range, as a person typed it.
 * `most` is the largest number of days that the tool accepts.
 */
function lastDays(text: string, most: number, today: IsoDay): { start_date: string } {
  return { start_date: addDays(today, 1 - clampDays(text, 1, most)) };
}
