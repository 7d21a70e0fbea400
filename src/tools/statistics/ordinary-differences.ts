import { isoDay } from "../../analytics/day.ts";
import { type MetricModel, sdFloorAt, toModelScale } from "../../analytics/metric-model.ts";
import { testMonths } from "../../analytics/month-test.ts";
import type { PopulationPrior } from "../../analytics/residual-model.ts";
import type { Observation } from "../../analytics/series.ts";
import { testWeekdays } from "../../analytics/weekday-test.ts";
import { type MetricId, metrics, numericMetricIds } from "../../oura/metrics.ts";
import type { GroupBy } from "./groupings.ts";
import type { MeasuredMetric } from "./measured-metric.ts";

/** How one group differs from the other days of the range, and whether more than ordinary ups and downs do. */
export interface GroupDifference {
  id: MetricId;
  /** As in the rows of the answer. */
  group: string;
  /** In the metric's unit, of clock times in minutes: the group minus the other days. */
  difference: number;
  /** Corrected for the number of groups that were looked at. */
  p: number;
}

/** Differences of weekdays or months; `tooFew` where there are too few days for a verdict. */
export interface DifferenceVerdict {
  id: MetricId;
  kind: "tested" | "too_few";
  /** The groups that differ by more than is ordinary, the clearest first. */
  found: readonly GroupDifference[];
  /** The others that were tested. */
  ordinary: readonly GroupDifference[];
}

const level = 0.05;
const weekdayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** Null for groups that are not tested: weeks, quarters and years. */
export function judgeGroups(measured: MeasuredMetric, groupBy: GroupBy): DifferenceVerdict | null {
  // Levels have no distance, so there is no difference to judge.
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
 * Differences are those of plain values. Whether they are more than ordinary is tested on the scale on which the metric is
 * nearly normal.
 */
function judgeWeekdays({ id, days }: MeasuredMetric, groupBy: GroupBy): DifferenceVerdict {
  const scaled = testWeekdays(toScale(id, days));
  const plain = testWeekdays(days);
  const contrasts =
    groupBy === "weekday"
      ? scaled.weekdays.map(({ pCorrected }, index) => ({
          group: weekdayNames[index] ?? "",
          p: pCorrected,
          difference: plain.weekdays[index]?.difference ?? null,
        }))
      : [
          {
            group: groupBy === "weekend" ? "weekend" : "fri_sat_nights",
            p: scaled.weekend.p,
            difference: plain.weekend.difference,
          },
        ];
  const judged = contrasts.flatMap(({ group, p, difference }) =>
    p === null || difference === null ? [] : [{ id, group, p, difference }],
  );
  return verdictOf(id, judged);
}

function judgeMonths({ id, days }: MeasuredMetric): DifferenceVerdict {
  const model: MetricModel = metrics[id].model;
  const isOfLevel = model.prior.of === "level";
  const scaled = isOfLevel ? days : toScale(id, days);
  const { prior, sdFloor } = priorOf(model, days);
  const months = Map.groupBy(days, ({ day }) => isoDay(day).slice(0, 7));
  const total = (values: readonly Observation[]) => values.reduce((sum, { value }) => sum + value, 0);
  const totalOfAll = total(days);
  const judged = testMonths(scaled, prior, sdFloor).map(({ month, pCorrected }) => {
    const own = months.get(month) ?? [];
    const ofMonth = total(own);
    const others = (totalOfAll - ofMonth) / (days.length - own.length);
    return { id, group: month, difference: ofMonth / own.length - others, p: pCorrected };
  });
  return verdictOf(id, judged);
}

function verdictOf(id: MetricId, judged: readonly GroupDifference[]): DifferenceVerdict {
  return {
    id,
    kind: judged.length === 0 ? "too_few" : "tested",
    found: judged.filter(({ p }) => p < level).toSorted((one, other) => one.p - other.p),
    ordinary: judged.filter(({ p }) => p >= level),
  };
}

/** What is known of other people, in the unit of the compared values. */
function priorOf(model: MetricModel, days: readonly Observation[]): { prior: PopulationPrior; sdFloor: number } {
  const { of, sd, phi, wander } = model.prior;
  if (of === "scale" || days.length === 0) return { prior: { sd, phi, wander }, sdFloor: model.sdFloor };
  const centre = Math.abs(days.reduce((sum, { value }) => sum + value, 0) / days.length);
  return { prior: { sd: sd * centre, phi, wander }, sdFloor: sdFloorAt(centre, model) };
}

/** Days on the scale on which the metric is nearly normal: steps on the square root, clock times stay on their line. */
function toScale(id: MetricId, days: readonly Observation[]): Observation[] {
  const { transform, prior }: MetricModel = metrics[id].model;
  return days.flatMap(({ day, value }) => {
    if (transform === "clock") return [{ day, value }];
    const scaled = prior.of === "level" ? Math.sqrt(Math.max(0, value)) : toModelScale(value, transform);
    return scaled === null ? [] : [{ day, value: scaled }];
  });
}
