import * as z from "zod";
import { addDays, type IsoDay } from "../analytics/day.ts";
import { definePrompt } from "./define-prompt.ts";

const days = (meaning: string) =>
  z
    .string()
    .regex(/^\d{1,3}$/, "must be a number of days, such as 28")
    .describe(meaning);

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

/** Oura's own tags that people use most, as completions. Any other tag can be typed. */
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
    since: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, "must be a day written YYYY-MM-DD")
      .optional()
      .describe("Instead: the first day of a change, YYYY-MM-DD."),
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

/** Every prompt, in the order clients list them. */
export const prompts = [
  morningCheck,
  weeklyReview,
  sleepExperiment,
  gettingIll,
  comparePeriodsPrompt,
  doctorVisit,
] as const;

/** The number of days, limited to the range that the tool accepts. */
function clampDays(text: string, least: number, most: number): number {
  return Math.min(most, Math.max(least, Number(text)));
}

/** The last `text` days up to today, limited to `most`, the longest range that the tool accepts. */
function lastDays(text: string, most: number, today: IsoDay): { start_date: string } {
  return { start_date: addDays(today, 1 - clampDays(text, 1, most)) };
}
