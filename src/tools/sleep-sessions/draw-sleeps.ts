import { parseOffset } from "../../analytics/day.ts";
import type { NightPicture, SleepCourse } from "../../words/pictures.ts";
import { round } from "../../words/present.ts";
import type { CountedPeriod, SleepWithSeries } from "./sleep-periods.ts";

/** The series of each sleep at Oura's five-minute intervals, in local time. */
export function drawSleeps(counted: readonly CountedPeriod[], documents: readonly SleepWithSeries[]): NightPicture {
  return {
    kind: "night",
    sleeps: counted.flatMap((one) => {
      const document = documents.find((candidate) => candidate === one.period);
      const course = document && drawCourse(one, document);
      return course ? [course] : [];
    }),
  };
}

function drawCourse({ day, kind }: CountedPeriod, document: SleepWithSeries): SleepCourse | null {
  const { bedtime_start, bedtime_end, sleep_phase_5_min: coarse, sleep_phase_30_sec: fine } = document;
  const [start, end] = [Date.parse(bedtime_start ?? ""), Date.parse(bedtime_end ?? "")];
  if (Number.isNaN(start) || Number.isNaN(end)) return null;
  const shift = (parseOffset(bedtime_start ?? "") ?? 0) * 60_000;
  return {
    day,
    sleep: kind,
    start: start + shift,
    end: end + shift,
    stages: coarse ? { seconds: 300, digits: coarse } : fine ? { seconds: 30, digits: fine } : null,
    heartRate: drawSamples(document.heart_rate),
    hrv: drawSamples(document.hrv),
  };
}

function drawSamples(samples: SleepWithSeries["heart_rate"]): SleepCourse["hrv"] {
  return samples && { seconds: samples.interval, values: samples.items.map((value) => round(value)) };
}
