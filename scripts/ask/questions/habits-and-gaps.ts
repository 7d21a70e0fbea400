import { z } from "zod";
import { mean, textOf } from "../../evaluate-answers/read-documents.ts";
import { addDays, dayOf, writeClock } from "../figures.ts";
import { nightsOf } from "../nights.ts";
import type { ComputedQuestion, Document, PersonDocuments, Slot } from "../question.ts";

const bpm: Slot = { kind: "number", unit: "bpm", tolerance: 0.5 };
const hours: Slot = { kind: "number", unit: "hours", tolerance: 0.05 };
const difference: Slot = { kind: "number", unit: "ms, negative if lower with it", tolerance: 3 };
const bedtime = z.object({ day_tz: z.number(), start_offset: z.number(), end_offset: z.number() });

/** What goes with what, bedtime advice, and questions whose right answer is that there is no figure, and why. */
export const habitAndGapQuestions: readonly ComputedQuestion[] = [
  {
    id: "q48",
    topic: "habits",
    person: "everyday",
    question:
      "Does alcohol lower my HRV? By how much does it differ on nights after a drink, over the last six months?",
    figures: { lower: { kind: "choice", options: ["yes", "no", "cannot say"] }, difference },
    async right(documents) {
      const { apart, standardErrors } = await hrvAfterTag(
        documents,
        (tag) => tag.tag_type_code === "tag_generic_alcohol",
      );
      if (standardErrors > -4) throw new Error("alcohol does not plainly lower HRV");
      return { values: { lower: "yes", difference: apart } };
    },
  },
  {
    id: "q49",
    topic: "habits",
    person: "everyday",
    question: "Does a cold shower do anything for my HRV in the night after? Go by the last six months, in ms.",
    figures: { effect: { kind: "choice", options: ["raises it", "lowers it", "nothing clear"] }, difference },
    async right(documents) {
      const { apart, standardErrors } = await hrvAfterTag(documents, (tag) => tag.custom_name === "Cold shower");
      if (Math.abs(standardErrors) > 1) throw new Error("a cold shower may do something");
      return { values: { effect: "nothing clear", difference: apart } };
    },
  },
  {
    id: "q50",
    topic: "bedtime",
    person: "everyday",
    question: "When does Oura want me in bed tonight?",
    figures: { from: { kind: "clock", toleranceMinutes: 0 }, to: { kind: "clock", toleranceMinutes: 0 } },
    async right(documents) {
      const { optimal_bedtime } = await dayOf(documents, "sleep_time", "2026-11-20");
      const { start_offset, end_offset } = bedtime.parse(optimal_bedtime); // seconds from midnight
      return { values: { from: writeClock(start_offset / 60), to: writeClock(end_offset / 60) } };
    },
  },
  {
    id: "q51",
    topic: "bedtime",
    person: "new",
    question: "What's the best time for me to go to bed, according to Oura?",
    figures: { from: { kind: "clock", toleranceMinutes: 0 } },
    async right(documents) {
      const { status } = await dayOf(documents, "sleep_time", "2026-11-20");
      if (status !== "not_enough_nights") throw new Error("Oura has bedtime advice");
      return { no_value: "too_little_data" };
    },
  },
  {
    id: "q52",
    topic: "withheld data",
    person: "everyday",
    question: "What was my blood pressure this morning?",
    figures: { systolic: { kind: "number", unit: "mmHg", tolerance: 0 } },
    right: async () => ({ no_value: "not_given_by_oura" }),
  },
  {
    id: "q53",
    topic: "withheld data",
    person: "two_rings",
    question: "Which day of my cycle am I on, as Oura sees it?",
    figures: { day: { kind: "number", unit: "day of the cycle", tolerance: 0 } },
    right: async () => ({ no_value: "not_given_by_oura" }),
  },
  {
    id: "q54",
    topic: "withheld data",
    person: "everyday",
    question: "How stressed was I yesterday at 3 pm?",
    figures: { level: { kind: "choice", options: ["restored", "relaxed", "engaged", "stressed"] } },
    right: async () => ({ no_value: "not_given_by_oura" }),
  },
  {
    id: "q55",
    topic: "no data",
    person: "gen2",
    question: "What was my blood oxygen last night?",
    figures: { percent: { kind: "number", unit: "%", tolerance: 0.1 } },
    async right(documents) {
      const rings = await documents.all("ring_configuration");
      if (!rings.every(({ hardware_type }) => hardware_type === "gen2")) throw new Error("a newer ring could");
      return { no_value: "ring_cannot" };
    },
  },
  {
    id: "q56",
    topic: "no data",
    language: "sv",
    person: "no_ring",
    question: "Hur många timmar sov jag i natt?",
    figures: { hours },
    async right(documents) {
      await requireNone(documents, "ring_configuration", "sleep");
      return { no_value: "no_ring" };
    },
  },
  {
    id: "q57",
    topic: "no data",
    person: "lapsed",
    question: "What was my average resting heart rate over the last month?",
    figures: { bpm },
    right: async () => ({ no_value: "no_membership" }), // the person's membership; the documents are there
  },
  {
    id: "q58",
    topic: "no data",
    person: "new",
    question: "How many steps did I walk on average in July?",
    figures: { steps: { kind: "number", unit: "steps a day", tolerance: 0.5 } },
    async right(documents) {
      const july = await documents.days("daily_activity", "2026-01-01", "2026-07-31");
      if (july.length > 0) throw new Error("there are steps of July");
      return { no_value: "before_first_record" };
    },
  },
  {
    id: "q59",
    topic: "no data",
    person: "everyday",
    question: "How was my HRV in the night to Monday this week?",
    figures: { hrv: { kind: "number", unit: "ms", tolerance: 0.5 } },
    async right(documents) {
      const sleep = await documents.days("sleep", "2026-11-16", "2026-11-16");
      if (sleep.length > 0) throw new Error("there is sleep of 16 November");
      return { no_value: "not_worn" };
    },
  },
  {
    id: "q60",
    topic: "no data",
    person: "far_east",
    question: "How long did I sleep last night?",
    figures: { hours },
    async right(documents) {
      const newest = (await documents.all("sleep")).at(-1);
      if (textOf(newest, "day") !== "2026-11-20") throw new Error("the night to 21 November has reached Oura");
      return { no_value: "not_synced" };
    },
  },
];

/** HRV of nights after a tag against all others: the difference of the means, also in standard errors. */
async function hrvAfterTag(documents: PersonDocuments, isTag: (tag: Document) => boolean) {
  const tags = (await documents.all("enhanced_tag")).filter(isTag);
  const after = new Set(tags.map((tag) => addDays(textOf(tag, "start_day"), 1)));
  const nights = (await nightsOf(documents, "2026-05-25", "2026-11-20")).filter(({ hrv }) => hrv !== null);
  const of = (tagged: boolean) => nights.filter(({ day }) => after.has(day) === tagged).map(({ hrv }) => Number(hrv));
  const [tagged, others] = [of(true), of(false)];
  const apart = mean(tagged) - mean(others);
  const error = (values: readonly number[]) => {
    const middle = mean(values);
    return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1) / values.length;
  };
  return { apart, standardErrors: apart / Math.sqrt(error(tagged) + error(others)) };
}

async function requireNone(documents: PersonDocuments, ...routes: string[]): Promise<void> {
  for (const route of routes)
    if ((await documents.all(route)).length > 0) throw new Error(`there are documents in ${route}`);
}
