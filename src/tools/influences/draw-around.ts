import { type DayAround, type MeanAround, shownAround } from "../../analytics/around-event.ts";
import { dayNumber, type IsoDay } from "../../analytics/day.ts";
import type { MetricId } from "../../oura/metrics.ts";
import { roundingOf } from "../../words/metric-words.ts";
import { namedMetric } from "../../words/named-metric.ts";
import type { AroundPicture } from "../../words/pictures.ts";
import { round } from "../../words/present.ts";

/**
 * Draws the metrics on the days around one event. The chart also shows the range that was usual before the event. The
 * last day of the chart is today or earlier. Null when no metric can be judged.
 */
export function drawAround(
  day: IsoDay,
  today: IsoDay,
  parts: readonly { id: MetricId; days: readonly DayAround[] }[],
): AroundPicture | null {
  if (parts.length === 0) return null;
  return {
    ...{ kind: "around", day, events: 1, firstOffset: shownAround.first },
    metrics: parts.map(({ id, days: all }) => {
      const rounding = roundingOf(id);
      const shown = (value: number | null) => (value === null ? null : round(rounding(value), 3));
      const days = all.filter((one) => one.day <= dayNumber(today));
      return {
        ...namedMetric(id),
        values: days.map(({ value }) => shown(value)),
        low: days.map(({ usual }) => shown(usual.low)),
        high: days.map(({ usual }) => shown(usual.high)),
        outside: days.map(({ isOutside }) => isOutside),
        counts: days.map(({ value }) => (value === null ? 0 : 1)),
      };
    }),
  };
}

/** In standard deviations from the usual value. Eight in ten ordinary nights lie within this range. */
const usualDeviation = 1.28;

/**
 * Draws the mean of several events. For each day around the events, the chart shows how far the metrics were from usual
 * on average, in standard deviations. Null when no metric can be judged.
 */
export function drawMean(
  events: number,
  parts: readonly { id: MetricId; course: readonly MeanAround[] }[],
): AroundPicture | null {
  if (parts.length === 0) return null;
  return {
    ...{ kind: "around", day: null, events, firstOffset: shownAround.first },
    metrics: parts.map(({ id, course }) => ({
      ...{ ...namedMetric(id), unit: "SD", decimals: 1 },
      values: course.map(({ z }) => round(z, 2)),
      low: course.map(() => -usualDeviation),
      high: course.map(() => usualDeviation),
      outside: course.map(() => false),
      counts: course.map(({ n }) => n),
    })),
  };
}
