import { type MetricModel, sdFloorAt, toModelScale } from "../../analytics/metric-model.ts";
import { testMonths } from "../../analytics/month-test.ts";
import type { PopulationPrior } from "../../analytics/population-prior.ts";
import type { Observation } from "../../analytics/series.ts";
import { testWeekdays } from "../../analytics/weekday-test.ts";
import { type MetricId, metrics, numericMetricIds } from "../../oura/metrics.ts";
import type { MeanChange } from "../../words/metric-change.ts";
import type { GroupBy } from "./groupings.ts";
import type { MeasuredMetric } from "./measured-metric.ts";

/** The difference between a group of days, such as Mondays, and the other days of the range. */
export interface GroupDifference {
  id: MetricId;
  group: string;
  /** The group's mean minus the mean of the other days, in the metric's unit. Minutes for clock times. */
  difference: number;
  /**
   * `low` and `high` are the ends of the 95 % interval of the difference. This interval is not corrected for the number
   * of groups that were tested.
   */
  low: number;
  high: number;
  /** The p-value, corrected for the number of groups that were tested. */
  p: number;
}

/** `kind` is "too_few" when there are too few days to test whether weekdays or months differ from the other days. */
export interface DifferenceVerdict {
  id: MetricId;
  kind: "tested" | "too_few";
  /** Groups of days that differ from the other days by more than chance explains. The smallest p-value comes first. */
  found: readonly GroupDifference[];
  ordinary: readonly GroupDifference[];
}

const level = 0.05;
const weekdayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/**
 * Tests whether groups of days, such as Mondays, differ from the other days by more than chance explains. Null for
 * weeks, quarters and years, which are not tested.
 */
export function judgeGroups(measured: MeasuredMetric, groupBy: GroupBy): DifferenceVerdict | null {
  // The levels of a metric such as resilience have an order but no numeric values, so no difference of means can be
  // tested.
  if (!numericMetricIds.includes(measured.id)) return null;
  switch (groupBy) {
    case "weekday":
    case "weekend":
    case "work_nights":
      return judgeWeekdays(measured, groupBy);
    case "month":
      return judgeMonths(measured);
    default:
      return null;
  }
}

/**
 * The differences and their intervals are in the metric's unit. The p-value is computed on a scale on which the metric
 * is nearly normal, such as the square root of steps.
 */
function judgeWeekdays({ id, days }: MeasuredMetric, groupBy: GroupBy): DifferenceVerdict {
  const scaled = testWeekdays(toScale(id, days));
  const plain = testWeekdays(days);
  const contrasts =
    groupBy === "weekday"
      ? plain.weekdays.map((contrast, index) => ({
          group: weekdayNames[index] ?? "",
          contrast,
          p: scaled.weekdays[index]?.pCorrected ?? null,
        }))
      : [
          {
            group: groupBy === "weekend" ? "weekend" : "fri_sat_nights",
            contrast: plain.weekend,
            p: scaled.weekend.p,
          },
        ];
  const judged = contrasts.flatMap(({ group, contrast: { difference, low, high }, p }) =>
    p === null || difference === null || low === null || high === null ? [] : [{ id, group, difference, low, high, p }],
  );
  return verdictOf(id, judged);
}

/** Tests whether a month differs from the other days, by the method of {@link judgeWeekdays}. */
function judgeMonths({ id, days }: MeasuredMetric): DifferenceVerdict {
  const model: MetricModel = metrics[id].model;
  const inUnit = priorInUnit(model, days);
  const plain = testMonths(days, inUnit.prior, inUnit.sdFloor);
  const scaled = model.prior.of === "level" ? plain : testMonths(toScale(id, days), model.prior, model.sdFloor);
  const pOf = new Map(scaled.map(({ month, pCorrected }) => [month, pCorrected]));
  const judged = plain.flatMap(({ month, difference, low, high }) => {
    const p = pOf.get(month);
    return p === undefined ? [] : [{ id, group: month, difference, low, high, p }];
  });
  return verdictOf(id, judged);
}

function verdictOf(id: MetricId, judged: readonly GroupDifference[]): DifferenceVerdict {
  return {
    id,
    kind: judged.length === 0 ? "too_few" : "tested",
    found: judged.filter(isFound).toSorted((one, other) => one.p - other.p),
    ordinary: judged.filter((one) => !isFound(one)),
  };
}

/**
 * An answer shows the p-value and the 95 % interval, which must not contradict each other. So the p-value must be
 * small, and the interval must exclude 0.
 */
function isFound({ p, low, high }: GroupDifference): boolean {
  return p < level && (low > 0 || high < 0);
}

/**
 * Converts a difference to the form of a change: the mean changes from 0 to the difference. The functions that round
 * and describe changes need this form.
 */
export function changeOf({ difference, low, high }: GroupDifference): MeanChange {
  return { from: 0, to: difference, interval: { low, high } };
}

/**
 * Converts the metric's prior (what is known of other people) to the metric's unit. If the metric has a logarithmic
 * scale, or if the prior has `of: "level"`, the prior is a fraction of the metric's mean, so it is multiplied by the
 * mean. All other priors are already in the metric's unit.
 */
function priorInUnit(model: MetricModel, days: readonly Observation[]): { prior: PopulationPrior; sdFloor: number } {
  const { of, sd, phi, slowShare } = model.prior;
  const isShare = of === "level" || model.transform === "ln" || model.transform === "ln1p";
  if (!isShare || days.length === 0) return { prior: { sd, phi, slowShare }, sdFloor: model.sdFloor };
  const centre = Math.abs(days.reduce((sum, { value }) => sum + value, 0) / days.length);
  const sdFloor = of === "level" ? sdFloorAt(centre, model) : model.sdFloor * centre;
  return { prior: { sd: sd * centre, phi, slowShare }, sdFloor };
}

/** The scale on which the metric is nearly normal, such as the square root of steps. Clock times are not converted. */
function toScale(id: MetricId, days: readonly Observation[]): Observation[] {
  const { transform, prior }: MetricModel = metrics[id].model;
  return days.flatMap(({ day, value }) => {
    if (transform === "clock") return [{ day, value }];
    const scaled = prior.of === "level" ? Math.sqrt(Math.max(0, value)) : toModelScale(value, transform);
    return scaled === null ? [] : [{ day, value: scaled }];
  });
}
