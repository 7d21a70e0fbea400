import { numberOf, textOf } from "../../evaluate-answers/read-documents.ts";
import {
  activeDays,
  allHighest,
  aroundTheClock,
  clearlyHighest,
  isWeekend,
  meanOf,
  measured,
  minutesOf,
  monthOf,
  weekdayOf,
  writeClock,
} from "../figures.ts";
import { type Night, nightsOf } from "../nights.ts";
import type { ComputedQuestion, Slot } from "../question.ts";

const bpm: Slot = { kind: "number", unit: "bpm", tolerance: 0 };
const steps: Slot = { kind: "number", unit: "steps a day", tolerance: 20 };

export const weekdayAndRecordQuestions: readonly ComputedQuestion[] = [
  {
    id: "q17",
    topic: "weekdays",
    person: "everyday",
    question:
      "Which day of the week do I walk most, going by the last twelve weeks, and how many steps is it on average?",
    figures: { weekday: { kind: "weekday" }, steps: { kind: "number", unit: "steps", tolerance: 150 } },
    // Twelve weeks end yesterday, today, or with last week.
    async right(documents) {
      const spans = [
        ["2026-08-28", "2026-11-19"],
        ["2026-08-29", "2026-11-19"],
        ["2026-08-24", "2026-11-15"],
      ] as const;
      return Promise.all(
        spans.map(async ([first, last]) => {
          const days = await activeDays(documents, first, last);
          const best = clearlyHighest(
            days,
            (day) => weekdayOf(textOf(day, "day")),
            (day) => numberOf(day, "steps"),
          );
          return { values: { weekday: best.group, steps: best.mean } };
        }),
      );
    },
  },
  {
    id: "q18",
    topic: "weekdays",
    person: "far_east",
    question: "Do I walk more at weekends or on workdays? Take September and October, steps a day for both.",
    figures: { weekend: steps, workdays: steps },
    async right(documents) {
      const days = await activeDays(documents, "2026-09-01", "2026-10-31");
      const of = (atWeekend: boolean) =>
        meanOf(
          days.filter((day) => isWeekend(textOf(day, "day")) === atWeekend),
          "steps",
        );
      return { values: { weekend: of(true), workdays: of(false) } };
    },
  },
  {
    id: "q19",
    topic: "weekdays",
    person: "two_rings",
    question:
      "When do I usually go to bed on work nights, Sunday to Thursday, and when on Friday and Saturday? September and October.",
    figures: {
      work_nights: { kind: "clock", toleranceMinutes: 4 },
      friday_and_saturday: { kind: "clock", toleranceMinutes: 4 },
    },
    async right(documents) {
      const nights = await nightsOf(documents, "2026-09-01", "2026-10-31");
      const bedtime = (free: boolean) =>
        writeClock(
          aroundTheClock(nights.filter(({ day }) => isWeekend(day) === free).map(({ start }) => minutesOf(start))).mean,
        );
      return { values: { work_nights: bedtime(false), friday_and_saturday: bedtime(true) } };
    },
  },
  {
    id: "q20",
    topic: "restless nights",
    language: "ja",
    person: "restless",
    question: "今年に入ってから、平均で一番長く眠れているのは何曜日の朝ですか？平均は何時間ですか？",
    figures: { weekday: { kind: "weekday" }, hours: { kind: "number", unit: "hours", tolerance: 0.06 } },
    async right(documents) {
      const nights = await nightsOf(documents, "2026-01-01", "2026-11-20");
      const best = clearlyHighest(
        nights,
        ({ day }) => weekdayOf(day),
        ({ hoursAsleep }) => hoursAsleep,
      );
      return { values: { weekday: best.group, hours: best.mean } };
    },
  },
  {
    id: "q21",
    topic: "records",
    person: "everyday",
    question: "What's the lowest my heart rate got at night this year, and when was that?",
    figures: { bpm, day: { kind: "day" } },
    async right(documents) {
      const nights = withHeartRate(await nightsOf(documents, "2026-01-01", "2026-11-20"));
      return allHighest(nights, (night) => -night.lowestHeartRate).map(({ day, lowestHeartRate }) => ({
        values: { bpm: lowestHeartRate, day },
      }));
    },
  },
  {
    id: "q22",
    topic: "records",
    person: "everyday",
    question: "Which were my four best HRV nights of the last twelve months, and how high was the best?",
    figures: { days: { kind: "days" }, best: { kind: "number", unit: "ms", tolerance: 0.5 } },
    async right(documents) {
      const nights = await nightsOf(documents, "2025-11-21", "2026-11-20");
      const best = nights.toSorted((one, other) => (other.hrv ?? 0) - (one.hrv ?? 0)).slice(0, 4);
      return { values: { days: best.map(({ day }) => day), best: best[0]?.hrv ?? 0 } };
    },
  },
  {
    id: "q23",
    topic: "records",
    person: "everyday",
    question: "Which day this month did I burn the most calories, everything counted, and how many?",
    figures: { day: { kind: "day" }, kcal: { kind: "number", unit: "kcal", tolerance: 0.5 } },
    async right(documents) {
      const days = await activeDays(documents, "2026-11-01", "2026-11-19");
      const [most] = allHighest(days, (day) => numberOf(day, "total_calories"));
      return { values: { day: textOf(most, "day"), kcal: numberOf(most, "total_calories") } };
    },
  },
  {
    id: "q24",
    topic: "years",
    person: "restless",
    question: "Back in 2023, what was the most I walked in a single day, and when?",
    figures: { steps: { kind: "number", unit: "steps", tolerance: 0 }, day: { kind: "day" } },
    async right(documents) {
      const days = await activeDays(documents, "2023-01-01", "2023-12-31");
      const [most] = allHighest(days, (day) => numberOf(day, "steps"));
      return { values: { steps: numberOf(most, "steps"), day: textOf(most, "day") } };
    },
  },
  {
    id: "q25",
    topic: "records",
    language: "pt",
    person: "restless",
    question: "Qual foi a minha melhor pontuação de sono em 2025, e em que dia?",
    figures: { score: { kind: "number", unit: "points", tolerance: 0 }, day: { kind: "day" } },
    async right(documents) {
      const days = measured(await documents.days("daily_sleep", "2025-01-01", "2025-12-31"), "score");
      return allHighest(days, (day) => numberOf(day, "score")).map((day) => ({
        values: { score: numberOf(day, "score"), day: textOf(day, "day") },
      }));
    },
  },
  {
    id: "q26",
    topic: "years",
    person: "restless",
    question: "In which year from 2021 to 2026 was my lowest night heart rate best on average, and what was it then?",
    figures: {
      year: { kind: "number", unit: "year", tolerance: 0 },
      bpm: { kind: "number", unit: "bpm", tolerance: 0.1 },
    },
    async right(documents) {
      const nights = withHeartRate(await nightsOf(documents, "2021-01-01", "2026-11-20"));
      const best = clearlyHighest(
        nights,
        ({ day }) => day.slice(0, 4),
        ({ lowestHeartRate }) => -lowestHeartRate,
      );
      return { values: { year: Number(best.group), bpm: -best.mean } };
    },
  },
  {
    id: "q27",
    topic: "months",
    person: "restless",
    question: "Month by month over the two years to the end of October: in which month did I sleep most on average?",
    figures: { month: { kind: "month" }, hours: { kind: "number", unit: "hours a night", tolerance: 0.06 } },
    async right(documents) {
      const nights = await nightsOf(documents, "2024-11-01", "2026-10-31");
      const best = clearlyHighest(
        nights,
        ({ day }) => monthOf(day),
        ({ hoursAsleep }) => hoursAsleep,
      );
      return { values: { month: best.group, hours: best.mean } };
    },
  },
  {
    id: "q28",
    topic: "months",
    language: "fi",
    person: "everyday",
    question:
      "Minä kuukautena tammikuusta lokakuuhun valmiuteni (readiness) oli keskimäärin parhaimmillaan, ja kuinka korkea?",
    figures: { month: { kind: "month" }, score: { kind: "number", unit: "points", tolerance: 0.6 } },
    async right(documents) {
      const days = measured(await documents.days("daily_readiness", "2026-01-01", "2026-10-31"), "score");
      const months = Array.from(
        Map.groupBy(days, (day) => monthOf(textOf(day, "day"))),
        ([month, own]) => ({ month, score: meanOf(own, "score") }),
      );
      const [best] = allHighest(months, ({ score }) => score);
      return { values: best };
    },
  },
];

function withHeartRate(nights: readonly Night[]): (Night & { lowestHeartRate: number })[] {
  return nights.flatMap((night) =>
    night.lowestHeartRate === null ? [] : [{ ...night, lowestHeartRate: night.lowestHeartRate }],
  );
}
