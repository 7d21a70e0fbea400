import { baselineDays, leastBaselineDays, summaryBaselineDays } from "../analytics/baseline.ts";
import {
  comparisonHistoryDays,
  leastComparedDays,
  leastComparedDaysAlone,
  leastComparisonHistory,
} from "../analytics/comparison.ts";
import { monthDays } from "../analytics/day.ts";
import { leastTrendDays } from "../analytics/direction.ts";
import { falseDiscoveryRate } from "../analytics/influences/influences.ts";
import { leastNights, leastNightsASide } from "../analytics/influences/regress-nights.ts";
import { zoneShares } from "../analytics/intraday/heart-rate-zones.ts";
import { thresholdsOf } from "../analytics/sensitivity.ts";
import { strainMetrics } from "../analytics/strain.ts";
import { factorMeanings } from "../tools/influences/factors.ts";
import { type Resource, writeTable } from "./define-resource.ts";

/** The numbers are inserted from the constants of the code, so that the text always agrees with the code. */
export const methodsResource: Resource = {
  name: "methods",
  uri: "ringbridge://methods",
  title: "How it is computed",
  description:
    "How usual ranges, trends, unusual days, comparisons and influences are computed, and when nothing is said.",
  text() {
    return [
      "# How it is computed",
      "",
      "Nothing is filled in or guessed: a day without a value is a gap, and n says how many days a number rests on.",
      "",
      "## Usual range",
      `The ${baselineDays} days before a day (${summaryBaselineDays} in daily summaries), never the day itself; outliers are pulled in at ` +
        `median ± 3 robust SD. Fewer than ${leastBaselineDays} measured days: still forming. The range shown holds eight days in ten.`,
      "",
      "## Statistics",
      "Sums, means and counts are of measured days; a mean, median or SD needs half of the days. Above and below are strict, and both " +
        "together count between. A day without data ends a run. Nights belong to the day of waking up: weekend nights end on Saturday and " +
        "Sunday, work nights on the mornings of working days. Clock times lie around the usual time, so 00:10 is later than 23:50.",
      "",
      "## Within the day",
      "A reading stands for the time to the next one, ten minutes at most. A highest reading of one and a half times all others within ten " +
        "minutes may be misread. When a night's heart rate was lowest: means of five minutes. Zones 1 to 5 begin at " +
        `${zoneShares.map((share) => Math.round(share * 100)).join(", ")} % of max_bpm, else of 208 − 0.7 × age. Hours awake: since the last night or second sleep. Steps within the day are an estimate.`,
      "",
      "## Battery",
      "Points lost over the time out of the charger in eight days; enough for the night means at least 5 % at ten in the morning.",
      "",
      "## Trends",
      `Change: against the window, the week and the ${monthDays} days before, as for two periods. Rising or falling only if a Mann–Kendall test corrected for ` +
        "autocorrelation has p < .05 and the Theil–Sen slope moves half a standard deviation over the window; fewer than " +
        `${leastTrendDays} days: no verdict.`,
      "",
      "## Unusual days",
      `Each metric alone, and ${strainMetrics.join(", ")} together, since several weak signs make fewer false alerts than one. ` +
        "Days that look like illness leave later usual ranges. A monthly rhythm of the temperature is named beside signs of strain that fall into it. Every answer says how many flags ordinary days would give.",
      writeTable(
        ["sensitivity", "SD of one metric", "alert value together"],
        Object.entries(thresholdsOf).map(([name, { z, alert }]) => [name, String(z), String(alert)]),
      ),
      "",
      "## Two periods",
      "Difference of means with a 95 % interval. How much days vary and resemble one another comes from the " +
        `${comparisonHistoryDays} days before the earlier period, without days that look like illness, and is shrunk towards what is known ` +
        "of other people; a level that wanders over weeks is allowed for. Heart rate variability and time to fall asleep have geometric " +
        "means; where weekdays matter both means are weekday-adjusted: their usual difference is subtracted. " +
        `At least ${leastComparedDays} measured days on each side with ${leastComparisonHistory} earlier ones, else ` +
        `${leastComparedDaysAlone} and provisional.`,
      "",
      "## Influences",
      "What came before each night against the night. The difference is adjusted for weekends, a linear trend, the night before and the other findings; " +
        "evidence is a correlation of ranks as normal scores, corrected over everything looked at (Benjamini–Hochberg, " +
        `q ≤ ${falseDiscoveryRate}); size is a difference of means with its 95 % interval. At least ${leastNights} nights, ` +
        `${leastNightsASide} on each side. An association does not prove an effect. Around an event: against the usual range of the 60 days before it; back on the first of two nights in a row inside it.`,
      ...Object.entries(factorMeanings).map(([name, meaning]) => `- ${name}: ${meaning}`),
      "- tag …: every tag noted on at least five days, before the night",
    ].join("\n");
  },
};
