import { z } from "zod";
import { clockOf, numberOf, onDay, textOf } from "../../evaluate-answers/read-documents.ts";
import { allHighest, dayOf, minutesOf, sumOf, writeClock } from "../figures.ts";
import { nightsOf } from "../nights.ts";
import type { ComputedQuestion, Document, Right, Slot } from "../question.ts";

const bpm: Slot = { kind: "number", unit: "bpm", tolerance: 0.5 };
const samples = z.object({ timestamp: z.string(), items: z.array(z.number().nullable()) });

/** Heart rate by the clock, the ring's battery, temperature, and what happened when. */
export const withinTheDayQuestions: readonly ComputedQuestion[] = [
  {
    id: "q37",
    topic: "events",
    language: "it",
    person: "everyday",
    question:
      "A metà ottobre sono stato malato. Fin dove è salita la mia frequenza cardiaca a riposo di notte, e in che giorno?",
    figures: { bpm, day: { kind: "day" } },
    async right(documents) {
      const nights = await nightsOf(documents, "2026-10-06", "2026-10-20");
      return allHighest(nights, ({ lowestHeartRate }) => lowestHeartRate ?? 0).map(({ day, lowestHeartRate }) => ({
        values: { bpm: lowestHeartRate ?? 0, day },
      }));
    },
  },
  {
    id: "q38",
    topic: "within the day",
    person: "everyday",
    question: "When during last night was my pulse at its lowest, and how low was it?",
    figures: { time: { kind: "clock", toleranceMinutes: 5 }, bpm },
    // The lowest value came several times in the night.
    async right(documents) {
      const sleep = await documents.days("sleep", "2026-11-20", "2026-11-20");
      return lowestOf(sleep.find(({ type }) => type === "long_sleep"));
    },
  },
  {
    id: "q39",
    topic: "within the day",
    person: "everyday",
    question: "How high did my heart rate get yesterday, and at what time?",
    figures: { bpm, time: { kind: "clock", toleranceMinutes: 5 } },
    async right(documents) {
      const rows = await documents.series("heartrate", "2026-11-19T00:00:00-05:00", "2026-11-20T00:00:00-05:00");
      return allHighest(rows, (row) => numberOf(row, "bpm")).map((row) => ({
        values: { bpm: numberOf(row, "bpm"), time: clockInNewYork(row) },
      }));
    },
  },
  {
    id: "q40",
    topic: "within the day",
    person: "two_rings",
    question: "What was my pulse yesterday evening at a quarter to seven?",
    figures: { bpm: { kind: "number", unit: "bpm", tolerance: 1.5 } },
    // The nearest reading, or the mean of those within five minutes.
    async right(documents) {
      const at = Date.parse("2026-11-19T18:45:00Z");
      const rows = await documents.series("heartrate", "2026-11-19T18:40:00Z", "2026-11-19T18:50:00Z");
      const apart = (row: Document) => Math.abs(Date.parse(textOf(row, "timestamp")) - at);
      const [nearest] = allHighest(rows, (row) => -apart(row));
      return [{ values: { bpm: numberOf(nearest, "bpm") } }, { values: { bpm: sumOf(rows, "bpm") / rows.length } }];
    },
  },
  {
    id: "q41",
    topic: "within the day",
    person: "everyday",
    question: "How long have I been up by now?",
    figures: { hours: { kind: "number", unit: "hours", tolerance: 0.15 } },
    async right(documents) {
      const [night] = await nightsOf(documents, "2026-11-20", "2026-11-20");
      const awake = Date.parse("2026-11-20T20:00:00Z") - Date.parse(night?.end ?? "");
      return { values: { hours: awake / 3_600_000 } };
    },
  },
  {
    id: "q42",
    topic: "within the day",
    person: "everyday",
    question: "How much of last night's run was I in zone 4, if my maximum is 185?",
    figures: { minutes: { kind: "number", unit: "minutes", tolerance: 1.5 } },
    // Zone 4: from 80 up to 90 % of the maximum.
    async right(documents) {
      const run = onDay(await documents.all("workout"), "2026-11-19");
      const [start, end] = [textOf(run, "start_datetime"), textOf(run, "end_datetime")];
      const rows = await documents.series("heartrate", start, end);
      const inZone = rows.map((row, index) => {
        const next = rows[index + 1];
        const until = next ? Date.parse(textOf(next, "timestamp")) : Date.parse(end);
        const held = Math.min(10, (until - Date.parse(textOf(row, "timestamp"))) / 60_000);
        const share = numberOf(row, "bpm") / 185;
        return share >= 0.8 && share < 0.9 ? held : 0;
      });
      return { values: { minutes: inZone.reduce((sum, minutes) => sum + minutes, 0) } };
    },
  },
  {
    id: "q43",
    topic: "battery",
    person: "everyday",
    question: "How fast is my ring's battery draining? Will it last the night?",
    figures: {
      percent_a_day: { kind: "number", unit: "percentage points a day", tolerance: 1.5 },
      lasts: { kind: "choice", options: ["yes", "no"] },
    },
    // Since the last charge: 16 November, 12 to 17 o'clock.
    async right(documents) {
      const levels = await documents.series("ring_battery_level", "2026-11-16T17:00:00Z", "2026-11-20T20:01:00Z");
      const [full] = allHighest(levels, (row) => numberOf(row, "level"));
      const days = (row: Document | undefined) => Date.parse(textOf(row, "timestamp")) / 86_400_000;
      const [now, since] = [levels.at(-1), full];
      const drain = (numberOf(since, "level") - numberOf(now, "level")) / (days(now) - days(since));
      const tomorrow = numberOf(now, "level") - drain * (16 / 24);
      return { values: { percent_a_day: drain, lasts: tomorrow > 5 ? "yes" : "no" } };
    },
  },
  {
    id: "q44",
    topic: "temperature",
    person: "everyday",
    question:
      "Has my body temperature been creeping up this week? How far off normal was it last night, and what is the trend?",
    figures: {
      last_night: { kind: "number", unit: "°C from normal", tolerance: 0.005 },
      trend: { kind: "number", unit: "°C, Oura's own trend", tolerance: 0.005 },
    },
    async right(documents) {
      const day = await dayOf(documents, "daily_readiness", "2026-11-20");
      return {
        values: {
          last_night: numberOf(day, "temperature_deviation"),
          trend: numberOf(day, "temperature_trend_deviation"),
        },
      };
    },
  },
  {
    id: "q45",
    topic: "events",
    person: "everyday",
    question: "When did I last meditate, and for how many minutes?",
    figures: { day: { kind: "day" }, minutes: { kind: "number", unit: "minutes", tolerance: 0.5 } },
    async right(documents) {
      const last = (await documents.all("session")).findLast(({ type }) => type === "meditation");
      const lasted = Date.parse(textOf(last, "end_datetime")) - Date.parse(textOf(last, "start_datetime"));
      return { values: { day: textOf(last, "day"), minutes: lasted / 60_000 } };
    },
  },
  {
    id: "q46",
    topic: "events",
    person: "everyday",
    question: "How many times did I go running this year, and how many kilometres was that in total?",
    figures: {
      runs: { kind: "number", unit: "runs", tolerance: 0 },
      km: { kind: "number", unit: "km", tolerance: 0.5 },
    },
    async right(documents) {
      const workouts = await documents.days("workout", "2026-01-01", "2026-11-20");
      const runs = workouts.filter(({ activity }) => activity === "running");
      const withDistance = runs.filter(({ distance }) => distance !== null);
      return { values: { runs: runs.length, km: sumOf(withDistance, "distance") / 1_000 } };
    },
  },
  {
    id: "q47",
    topic: "events",
    language: "zh",
    person: "restless",
    question: "我今年游了多少次泳？最近一次是哪天？",
    figures: { times: { kind: "number", unit: "times", tolerance: 0 }, last: { kind: "day" } },
    async right(documents) {
      const workouts = await documents.days("workout", "2026-01-01", "2026-11-20");
      const swims = workouts.filter(({ activity }) => activity === "swimming");
      return { values: { times: swims.length, last: textOf(swims.at(-1), "day") } };
    },
  },
];

/** Each time of a night's lowest five-minute value. */
function lowestOf(night: Document | undefined): Right[] {
  const { timestamp, items } = samples.parse(night?.heart_rate);
  const rows = items.flatMap((bpm, index) => (bpm === null ? [] : [{ bpm, at: minutesOf(timestamp) + index * 5 }]));
  return allHighest(rows, (row) => -row.bpm).map((row) => ({ values: { time: writeClock(row.at), bpm: row.bpm } }));
}

/** Heart rate carries UTC; in November New York is five hours behind. */
function clockInNewYork(row: Document): string {
  return clockOf(new Date(Date.parse(textOf(row, "timestamp")) - 5 * 3_600_000).toISOString());
}
