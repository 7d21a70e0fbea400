import { mean, numberOf } from "../../evaluate-answers/read-documents.ts";
import { activeDays, measured, sumOf } from "../figures.ts";
import { nightsOf } from "../nights.ts";
import type { ComputedQuestion, Document, Slot } from "../question.ts";

const nights: Slot = { kind: "number", unit: "nights", tolerance: 0 };

export const countQuestions: readonly ComputedQuestion[] = [
  {
    id: "q10",
    topic: "one week against another",
    language: "nl",
    person: "two_rings",
    question: "Heb ik in oktober langer geslapen dan in september? Hoeveel uur per nacht gemiddeld in elke maand?",
    figures: {
      september: { kind: "number", unit: "hours a night", tolerance: 0.06 },
      october: { kind: "number", unit: "hours a night", tolerance: 0.06 },
    },
    async right(documents) {
      const september = await nightsOf(documents, "2026-09-01", "2026-09-30");
      const october = await nightsOf(documents, "2026-10-01", "2026-10-31");
      const hours = (month: typeof october) => mean(month.map((night) => night.hoursAsleep));
      return { values: { september: hours(september), october: hours(october) } };
    },
  },
  {
    id: "q11",
    topic: "counts",
    person: "everyday",
    question: "On how many nights in the last 90 days did I get less than six hours of sleep?",
    figures: { nights },
    async right(documents) {
      const last90 = await nightsOf(documents, "2026-08-23", "2026-11-20");
      return { values: { nights: last90.filter((night) => night.hoursAsleep < 6).length } };
    },
  },
  {
    id: "q12",
    topic: "counts",
    person: "everyday",
    question: "What's my longest run of days over 8,000 steps this year, and when did it begin?",
    figures: { days: { kind: "number", unit: "days", tolerance: 0 }, began: { kind: "day" } },
    async right(documents) {
      const days = await activeDays(documents, "2026-01-01", "2026-11-19");
      const [longest] = runsOf(days.filter((day) => numberOf(day, "steps") > 8_000)).toSorted(
        (one, other) => other.length - one.length,
      );
      return { values: { days: longest?.length ?? 0, began: longest?.[0] ?? "" } };
    },
  },
  {
    id: "q13",
    topic: "counts",
    person: "everyday",
    question: "How many steps did I take in October all together?",
    figures: { steps: { kind: "number", unit: "steps", tolerance: 0.5 } },
    async right(documents) {
      return { values: { steps: sumOf(await activeDays(documents, "2026-10-01", "2026-10-31"), "steps") } };
    },
  },
  {
    id: "q14",
    topic: "restless nights",
    person: "restless",
    question: "Since New Year, how many of my nights had less than five hours of sleep?",
    figures: { nights },
    async right(documents) {
      const thisYear = await nightsOf(documents, "2026-01-01", "2026-11-20");
      return { values: { nights: thisYear.filter((night) => night.hoursAsleep < 5).length } };
    },
  },
  {
    id: "q15",
    topic: "counts",
    language: "fr",
    person: "gen2",
    question: "Depuis le 1er septembre, combien de nuits ai-je dormi plus de huit heures ?",
    figures: { nights },
    async right(documents) {
      const since = await nightsOf(documents, "2026-09-01", "2026-11-20");
      return { values: { nights: since.filter((night) => night.hoursAsleep > 8).length } };
    },
  },
  {
    id: "q16",
    topic: "counts",
    person: "two_rings",
    question: "How often was my readiness 80 or better in the last 30 days?",
    figures: { days: { kind: "number", unit: "days", tolerance: 0 } },
    async right(documents) {
      const days = measured(await documents.days("daily_readiness", "2026-10-22", "2026-11-20"), "score");
      return { values: { days: days.filter((day) => numberOf(day, "score") >= 80).length } };
    },
  },
];

/** Days that follow one another. */
function runsOf(days: readonly Document[]): string[][] {
  const runs: string[][] = [];
  for (const { day } of days) {
    const [run, name] = [runs.at(-1), String(day)];
    if (run && Date.parse(name) - Date.parse(run.at(-1) ?? "") === 86_400_000) run.push(name);
    else runs.push([name]);
  }
  return runs;
}
