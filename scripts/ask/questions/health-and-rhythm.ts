import { z } from "zod";
import { mean, numberOf } from "../../evaluate-answers/read-documents.ts";
import { aroundTheClock, dayOf, isWeekend, meanOf, minutesOf, sumOf, writeClock } from "../figures.ts";
import { type Night, nightsOf } from "../nights.ts";
import type { ComputedQuestion, Slot } from "../question.ts";

const minutes: Slot = { kind: "number", unit: "minutes", tolerance: 3 };
const spo2 = z.object({ average: z.number() });

/** Blood oxygen, stress, heart health, and the rhythm of sleep. */
export const healthAndRhythmQuestions: readonly ComputedQuestion[] = [
  {
    id: "q29",
    topic: "years",
    person: "everyday",
    question: "Has my VO2 max got any better over the past year? What was it at first, and what is it now?",
    figures: {
      first: { kind: "number", unit: "ml/kg/min", tolerance: 0.1 },
      now: { kind: "number", unit: "ml/kg/min", tolerance: 0.1 },
    },
    async right(documents) {
      const values = await documents.days("vO2_max", "2025-11-20", "2026-11-20");
      return { values: { first: numberOf(values[0], "vo2_max"), now: numberOf(values.at(-1), "vo2_max") } };
    },
  },
  {
    id: "q30",
    topic: "years",
    person: "everyday",
    question: "How old is my heart according to Oura today, and what was it on average in December last year?",
    figures: {
      today: { kind: "number", unit: "years", tolerance: 0.1 },
      december: { kind: "number", unit: "years", tolerance: 0.2 },
    },
    async right(documents) {
      const today = await dayOf(documents, "daily_cardiovascular_age", "2026-11-20");
      const december = await documents.days("daily_cardiovascular_age", "2025-12-01", "2025-12-31");
      return { values: { today: numberOf(today, "vascular_age"), december: meanOf(december, "vascular_age") } };
    },
  },
  {
    id: "q31",
    topic: "months",
    person: "everyday",
    question: "What was my average blood oxygen in October?",
    figures: { percent: { kind: "number", unit: "%", tolerance: 0.1 } },
    async right(documents) {
      const days = await documents.days("daily_spo2", "2026-10-01", "2026-10-31");
      const values = days.map((day) => spo2.safeParse(day.spo2_percentage).data?.average ?? 0);
      return { values: { percent: mean(values.filter((value) => value > 0)) } };
    },
  },
  {
    id: "q32",
    topic: "counts",
    person: "everyday",
    question: "How many minutes of high stress did I have over the seven days up to and including yesterday?",
    figures: { minutes: { kind: "number", unit: "minutes", tolerance: 1 } },
    async right(documents) {
      const days = await documents.days("daily_stress", "2026-11-13", "2026-11-19");
      return { values: { minutes: sumOf(days, "stress_high") / 60 } };
    },
  },
  {
    id: "q33",
    topic: "rhythm",
    person: "two_rings",
    question: "Am I a night owl? In September and October, when was the middle of my sleep, corrected for sleeping in?",
    figures: { middle_of_sleep: { kind: "clock", toleranceMinutes: 8 } },
    async right(documents) {
      const { middleOfFree, hoursFree, hoursWork } = rhythmOf(await nightsOf(documents, "2026-09-01", "2026-10-31"));
      const week = (5 * hoursWork + 2 * hoursFree) / 7;
      const corrected = hoursFree > hoursWork ? middleOfFree - ((hoursFree - week) / 2) * 60 : middleOfFree;
      return { values: { middle_of_sleep: writeClock(corrected) } };
    },
  },
  {
    id: "q34",
    topic: "rhythm",
    person: "everyday",
    question:
      "Do I live in a different rhythm at weekends? How many minutes of social jet lag was it in July to September?",
    figures: { minutes: { kind: "number", unit: "minutes", tolerance: 6 } },
    async right(documents) {
      const { middleOfFree, middleOfWork } = rhythmOf(await nightsOf(documents, "2026-07-01", "2026-09-30"));
      return { values: { minutes: middleOfFree - middleOfWork } };
    },
  },
  {
    id: "q35",
    topic: "rhythm",
    person: "gen2",
    question: "If I need eight hours a night, how many hours short am I over the last two weeks, naps counted?",
    figures: { hours: { kind: "number", unit: "hours", tolerance: 0.15 } },
    // Long nights may make up for short ones, or not.
    async right(documents) {
      const [nights, sleep] = await Promise.all([
        nightsOf(documents, "2026-11-07", "2026-11-20"),
        documents.days("sleep", "2026-11-07", "2026-11-20"),
      ]);
      const naps = sleep.filter(({ type }) => type === "sleep" || type === "late_nap");
      const lacks = nights.map(({ day, hoursAsleep }) => {
        const napped = sumOf(
          naps.filter((nap) => nap.day === day),
          "total_sleep_duration",
        );
        return 8 - hoursAsleep - napped / 3_600;
      });
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      return [{ values: { hours: sum(lacks) } }, { values: { hours: sum(lacks.filter((lack) => lack > 0)) } }];
    },
  },
  {
    id: "q36",
    topic: "rhythm",
    person: "everyday",
    question: "How regular is my bedtime? By how many minutes did it vary (standard deviation) in September?",
    figures: { minutes },
    async right(documents) {
      const nights = await nightsOf(documents, "2026-09-01", "2026-09-30");
      return { values: { minutes: aroundTheClock(nights.map(({ start }) => minutesOf(start))).spread } };
    },
  },
];

/** Nights that end on Saturday and Sunday against the others: middle of sleep (minutes after midnight) and hours asleep. */
function rhythmOf(nights: readonly Night[]) {
  const of = (free: boolean) => {
    const own = nights.filter(({ day }) => isWeekend(day) === free);
    const middles = own.map(({ start, end }) => minutesOf(start) + (Date.parse(end) - Date.parse(start)) / 120_000);
    return { middle: aroundTheClock(middles).mean, hours: mean(own.map(lengthOf)) };
  };
  const [free, work] = [of(true), of(false)];
  return {
    middleOfFree: free.middle,
    middleOfWork: work.middle,
    hoursFree: free.hours,
    hoursWork: work.hours,
  };
}

/** Hours from falling asleep to waking up; falling asleep takes minutes, which the tolerance allows for. */
function lengthOf({ start, end }: Night): number {
  return (Date.parse(end) - Date.parse(start)) / 3_600_000;
}
