import { scaleLinear, scaleUtc } from "d3-scale";
import type { NightPicture, SleepCourse } from "../../words/pictures.ts";
import { formatMinutes } from "../../words/present.ts";
import { type Answer, type Cell, rowsOf } from "../answer.ts";
import type { Drawing, Figure, Plot } from "../drawing.ts";
import { sayDay, sayShortDay, sayTime } from "../format.ts";
import {
  addBox,
  addCourse,
  addGroup,
  addLabel,
  addLine,
  createFrame,
  drawTimeAxis,
  drawValueAxis,
  extentOf,
  type Group,
  isWholeMinute,
  type TimeScale,
} from "../frame.ts";

/**
 * Oura's digits for the sleep stages, in the order in which the picture shows the stages from top to bottom. Awake is
 * at the top, as in a hypnogram.
 */
const stages = [
  { digit: "4", label: "Awake", mark: "awake" },
  { digit: "3", label: "REM", mark: "rem" },
  { digit: "2", label: "Light", mark: "light" },
  { digit: "1", label: "Deep", mark: "deep" },
] as const;

const left = 42;
const stageHeight = 20;
const gap = 22;

export function drawNight(
  answer: Answer,
  { sleeps }: NightPicture,
  chosen: number,
  choose: (index: number) => void,
): Drawing {
  const sleep = sleeps[chosen] ?? sleeps[0];
  if (!sleep) throw new Error("no sleep to draw");
  const row = rowsOf(answer).find((one) => one.day === sleep.day && one.start === sayTime(sleep.start)) ?? {};
  return {
    heading: sleeps.length > 1 ? countSleeps(sleeps) : nameSleep(sleep),
    figures: figuresOf(row),
    legend: [], // each row of the plot shows its own name
    ...(sleeps.length > 1 ? { choice: { label: "Sleep", options: sleeps.map(nameSleep), chosen, choose } } : {}),
    description: `Sleep stages, heart rate and HRV from ${sayTime(sleep.start)} to ${sayTime(sleep.end)}.`,
    // The last number is the height of each curve in pixels. On a narrow screen the list of sleeps takes a row of its
    // own, so the curves get less height.
    plot: (width) => plotSleep(sleep, width, sleeps.length > 1 && width < 480 ? 48 : 62),
    note: sleep.stages === null ? () => "The ring has no sleep stages for this sleep." : null,
    tables: answer.tables,
  };
}

/** Says how many sleeps of each kind there are: "7 nights, 2 naps". */
function countSleeps(sleeps: NightPicture["sleeps"]): string {
  const say = (kind: string, word: string) => {
    const count = sleeps.filter(({ sleep }) => sleep === kind).length;
    return count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
  };
  return [
    ...say("night", "night"),
    ...say("second_sleep", "second sleep"),
    ...say("short_sleep", "short sleep"),
    ...say("nap", "nap"),
  ].join(", ");
}

function nameSleep({ day, sleep, start, end }: SleepCourse): string {
  const times = `${sayTime(start)}–${sayTime(end)}`;
  const names: Record<string, string> = { nap: "Nap", second_sleep: "Second sleep", short_sleep: "Short sleep" };
  return `${names[sleep] ?? "Night to"} ${sayDay(day)}, ${times}`;
}

export function figuresOf(row: Record<string, Cell>): Figure[] {
  const { asleep_min: asleep, efficiency_pct: efficiency, hr_low_bpm: low, hrv_ms: hrv } = row;
  return [
    typeof asleep === "number" ? { label: "Asleep", value: formatMinutes(asleep) } : null,
    typeof efficiency === "number" ? { label: "Efficiency", value: `${Math.round(efficiency)} %` } : null,
    typeof low === "number" ? { label: "Lowest heart rate", value: `${Math.round(low)} bpm` } : null,
    typeof hrv === "number" ? { label: "Average HRV", value: `${Math.round(hrv)} ms` } : null,
  ].filter((figure) => figure !== null);
}

function plotSleep(sleep: SleepCourse, width: number, lineHeight: number): Plot {
  const lines = [
    { name: "Heart rate", unit: "bpm", mark: "heart", samples: sleep.heartRate },
    { name: "HRV", unit: "ms", mark: "hrv", samples: sleep.hrv },
  ].filter(({ samples }) => samples?.values.some((value) => value !== null));
  const stagesHeight = sleep.stages ? stages.length * stageHeight : 0;
  const bottom = stagesHeight + lines.length * (gap + lineHeight);
  const frame = createFrame(width, bottom + 22);
  const x = scaleUtc([new Date(sleep.start), new Date(sleep.end)], [left, width - 8]);

  const grid = addGroup(frame, "grid");
  for (const tick of x.ticks(6).filter(isWholeMinute)) addLine(grid, "rule", [x(tick), 0], [x(tick), bottom]);
  if (sleep.stages) drawStages(addGroup(frame, "stages"), sleep, x);
  lines.forEach(({ name, unit, mark, samples }, index) => {
    const top = stagesHeight + index * (gap + lineHeight) + gap;
    if (samples) drawSamples(addGroup(frame, mark, top), lineHeight, { name, unit, mark, ...samples, sleep, x });
  });
  drawTimeAxis(addGroup(frame, "time", bottom), x, sayTime);
  return { svg: frame.svg, top: 0, bottom, stops: stopsOf(sleep, x) };
}

function drawStages(group: Group, { start, stages: course }: SleepCourse, x: TimeScale): void {
  if (!course) return;
  const runs: { digit: string; from: number; to: number }[] = [];
  [...course.digits].forEach((digit, index) => {
    const last = runs.at(-1);
    if (last?.digit === digit) last.to = index + 1;
    else runs.push({ digit, from: index, to: index + 1 });
  });
  const [from, to] = x.range();
  stages.forEach(({ label }, level) => {
    const y = level * stageHeight;
    addLabel(group, 0, y + stageHeight / 2 + 4, label);
    addLine(group, "rule", [from ?? 0, y + stageHeight / 2], [to ?? 0, y + stageHeight / 2]);
  });
  // The interval of the last stage may end after the sleep, so its bar is cut at the end of the plot.
  const at = (step: number) => Math.min(x(new Date(start + step * course.seconds * 1000)), to ?? 0);
  const levelOf = (digit: string) => stages.findIndex((stage) => stage.digit === digit);
  runs.forEach((run, index) => {
    const level = levelOf(run.digit);
    const next = runs[index + 1];
    if (level < 0) return;
    if (next && levelOf(next.digit) >= 0) {
      const heights = [level, levelOf(next.digit)].map((one) => one * stageHeight + stageHeight / 2);
      addLine(group, "step", [at(run.to), heights[0] ?? 0], [at(run.to), heights[1] ?? 0]);
    }
  });
  for (const { digit, from, to } of runs) {
    const level = levelOf(digit);
    const mark = stages[level]?.mark;
    if (mark)
      addBox(group, `fill ${mark}`, {
        x: at(from),
        y: level * stageHeight + 3,
        width: at(to) - at(from),
        height: stageHeight - 6,
      }).attr("rx", 2);
  }
}

interface Samples {
  name: string;
  unit: string;
  mark: string;
  seconds: number;
  values: readonly (number | null)[];
  sleep: SleepCourse;
  x: TimeScale;
}

function drawSamples(group: Group, lineHeight: number, { name, unit, mark, seconds, values, sleep, x }: Samples): void {
  const y = scaleLinear(extentOf(values, 8) ?? [0, 1], [lineHeight, 4]);
  const [from = 0, to = 0] = x.range();
  drawValueAxis(group, y, { left: from, right: to, ticks: y.ticks(2).length < 2 ? 3 : 2, format: String });
  addLabel(group, from, -6, `${name} (${unit})`, "label strong");
  addCourse(
    group,
    `line ${mark}`,
    values.map((value, index) =>
      value === null ? null : [x(new Date(sleep.start + index * seconds * 1000)), y(value)],
    ),
  );
}

function stopsOf({ start, end, stages: course, heartRate, hrv }: SleepCourse, x: TimeScale): Plot["stops"] {
  const seconds = heartRate?.seconds ?? course?.seconds ?? 300;
  const read = (samples: SleepCourse["hrv"], at: number) =>
    samples?.values[Math.floor((at - start) / 1000 / samples.seconds)] ?? null;
  const count = Math.floor((end - start) / 1000 / seconds);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * seconds * 1000;
    const digit = course?.digits[Math.floor((at - start) / 1000 / course.seconds)];
    const pulse = read(heartRate, at);
    const variability = read(hrv, at);
    const parts = [
      stages.find((stage) => stage.digit === digit)?.label ?? null,
      pulse === null ? "heart rate not measured" : `${pulse} bpm`,
      variability === null ? null : `HRV ${variability} ms`,
    ].filter((part) => part !== null);
    return { x: x(new Date(at)), text: `${sayTime(at)}: ${parts.join(", ")}` };
  });
}

export function nightHeading(first: string, last: string): string {
  return first === last ? `Night to ${sayDay(first)}` : `Nights, ${sayShortDay(first)} – ${sayShortDay(last)}`;
}
