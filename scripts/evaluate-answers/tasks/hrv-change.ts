import { between, mainNights, mean, numberOf } from "../read-documents.ts";
import type { Task } from "../task.ts";

/** Geometric mean of the HRV (ms) of the nights of 24 October to 20 November less that of the four weeks before, of the wearer of two rings. */
export const hrvChangeOfFourWeeks: Task["rightValue"] = async (people) => {
  const nights = mainNights(await people.held("two_rings", "sleep"));
  const [before = 0, after = 0] = [
    between(nights, "2026-09-26", "2026-10-23"),
    between(nights, "2026-10-24", "2026-11-20"),
  ].map((weeks) => Math.exp(mean(weeks.map((night) => Math.log(numberOf(night, "average_hrv"))))));
  return after - before;
};
