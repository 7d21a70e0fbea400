import { parseOffset } from "../../analytics/day.ts";
import type { Sleep, SleepPart } from "../../oura/night.ts";
import type { NightPicture, SleepCourse } from "../../words/pictures.ts";
import { round } from "../../words/present.ts";
import type { ListedSleep, SleepWithSeries } from "./list-sleeps.ts";

type Part = SleepPart<SleepWithSeries>;

/** Draws the sleeps in local time. A night that was joined from several records is drawn as one line. */
export function drawSleeps(listed: readonly ListedSleep<SleepWithSeries>[]): NightPicture {
  return {
    kind: "night",
    sleeps: listed.flatMap(({ day, kind, sleep }) => (sleep ? [drawCourse(day, kind, sleep)] : [])),
  };
}

function drawCourse(day: string, kind: string, sleep: Sleep<SleepWithSeries>): SleepCourse {
  const shift = (parseOffset(sleep.bedtime_start) ?? 0) * 60_000;
  const stages = layOut(sleep, stagesOf);
  return {
    day,
    sleep: kind,
    start: sleep.start + shift,
    end: sleep.end + shift,
    stages: stages && { seconds: stages.seconds, digits: stages.values.map((digit) => digit ?? notRecorded).join("") },
    heartRate: drawSamples(layOut(sleep, ({ period }) => samplesOf(period.heart_rate))),
    hrv: drawSamples(layOut(sleep, ({ period }) => samplesOf(period.hrv))),
  };
}

/**
 * Stands for a time between the recorded parts of a night. It is not one of Oura's digits for sleep phases, so the
 * chart shows nothing for this time.
 */
const notRecorded = " ";

/** A series of values. The first value is for the start of a record, and one value follows every `seconds` seconds. */
interface Course<Value> {
  seconds: number;
  values: readonly (Value | null)[];
}

function stagesOf({ period: { sleep_phase_5_min: coarse, sleep_phase_30_sec: fine } }: Part): Course<string> | null {
  if (coarse) return { seconds: 300, values: [...coarse] };
  return fine ? { seconds: 30, values: [...fine] } : null;
}

function samplesOf(samples: SleepWithSeries["heart_rate"]): Course<number> | null {
  return samples && { seconds: samples.interval, values: samples.items };
}

function drawSamples(course: Course<number> | null): SleepCourse["hrv"] {
  return course && { seconds: course.seconds, values: course.values.map((value) => round(value)) };
}

/**
 * Joins the series of values of a sleep's parts into one series. Its values are as far apart in time as those of the
 * first part that has values. For the times between the parts, the values are null.
 */
function layOut<Value>(
  { start, end, parts }: Sleep<SleepWithSeries>,
  read: (part: Part) => Course<Value> | null,
): Course<Value> | null {
  const courses = parts.flatMap((part) => {
    const course = read(part);
    return course ? [{ part, course }] : [];
  });
  const [first] = courses;
  if (!first || parts.length === 1) return first?.course ?? null;
  const { seconds } = first.course;
  const values = Array.from({ length: Math.ceil((end - start) / 1000 / seconds) }, (_, index) => {
    const at = start + index * seconds * 1000;
    const one = courses.find(({ part }) => at >= part.start && at < part.end);
    return one?.course.values[Math.floor((at - one.part.start) / 1000 / one.course.seconds)] ?? null;
  });
  return { seconds, values };
}
