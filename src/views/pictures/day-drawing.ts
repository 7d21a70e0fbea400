import { scaleLinear, scaleUtc } from "d3-scale";
import { dayMilliseconds } from "../../analytics/day.ts";
import type { DayPicture } from "../../words/pictures.ts";
import { formatCount } from "../../words/present.ts";
import { type Answer, rowsOf } from "../answer.ts";
import type { Drawing, Figure, LegendEntry, Plot } from "../drawing.ts";
import { sayDay, sayTime } from "../format.ts";
import {
  addBox,
  addCourse,
  addGroup,
  addLabel,
  createFrame,
  drawTimeAxis,
  drawValueAxis,
  extentOf,
  type Group,
  type TimeScale,
} from "../frame.ts";
import { sayMissing } from "../say-missing.ts";

const left = 36;
const heartHeight = 168;
const stepHeight = 74;

/** Oura's words for what the person was doing at each measurement, in the order of the legend. */
const doings: Readonly<Record<string, { label: string; mark: string }>> = {
  sleep: { label: "Asleep", mark: "asleep" },
  rest: { label: "Resting", mark: "resting" },
  awake: { label: "Awake", mark: "waking" },
  workout: { label: "Workout", mark: "workout" },
  session: { label: "Session", mark: "session" },
  live: { label: "Live", mark: "session" },
};

interface Parts {
  heart: DayPicture | null;
  steps: DayPicture | null;
}

/** Draws one day on a time axis: the heart rate with what the person was doing, and the steps if they were read. */
export function drawDay(answer: Answer, { heart, steps }: Parts, addSteps: (() => void) | null): Drawing {
  const main = heart ?? steps;
  if (!main) throw new Error("nothing to draw");
  const notes = [
    heart ? sayMissing(answer, "heart_rate outside sleep") : null,
    steps ? "The times of the steps are estimates." : null,
  ].filter((note) => note !== null);
  return {
    heading: headingOf(main),
    figures: [...(heart ? heartFigures(answer) : []), ...(steps ? stepFigures(steps, heart === null) : [])].slice(0, 4),
    legend: heart ? legendOf(heart) : [],
    ...(heart && !steps && addSteps ? { action: { label: "Add steps", run: addSteps } } : {}),
    description: [heart ? "Heart rate by five minutes" : null, steps ? "steps by the quarter hour" : null]
      .filter((part) => part !== null)
      .join(" and "),
    plot: (width) => plotDay(main, { heart, steps }, width),
    note: notes.length > 0 ? () => notes.join(" ") : null,
    tables: answer.tables,
  };
}

function headingOf({ metric, start, end }: DayPicture): string {
  const what = metric === "steps" ? "Steps" : "Heart rate";
  const [first, last] = [sayDay(new Date(start)), sayDay(new Date(end - 1))];
  const whole = sayTime(start) === "00:00" && (end - start) % dayMilliseconds === 0;
  return `${what}, ${first}${whole && first === last ? "" : ` ${sayTime(start)} – ${first === last ? "" : `${last} `}${sayTime(end)}`}`;
}

function heartFigures(answer: Answer): Figure[] {
  const sources = rowsOf(answer, "By what you were doing");
  const numbers = (column: string) => sources.flatMap((row) => (typeof row[column] === "number" ? [row[column]] : []));
  const [lows, highs] = [numbers("min_bpm"), numbers("max_bpm")];
  const meanAsleep = sources.find(({ source }) => source === "sleep")?.mean_bpm;
  const meanAwake = sources.find(({ source }) => source === "awake")?.mean_bpm;
  return [
    lows.length > 0 ? { label: "Lowest", value: `${Math.min(...lows)} bpm` } : null,
    highs.length > 0 ? { label: "Highest", value: `${Math.max(...highs)} bpm` } : null,
    typeof meanAsleep === "number" ? { label: "Asleep, mean", value: `${meanAsleep} bpm` } : null,
    typeof meanAwake === "number" ? { label: "Awake, mean", value: `${meanAwake} bpm` } : null,
  ].filter((figure) => figure !== null);
}

function stepFigures({ values, start, bucketMinutes }: DayPicture, isAlone: boolean): Figure[] {
  const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const most = Math.max(...values.map((value) => value ?? 0));
  if (!isAlone || most === 0) return [{ label: "Steps", value: formatCount(total) }];
  return [
    { label: "Steps", value: formatCount(total) },
    { label: "Busiest from", value: sayTime(start + values.indexOf(most) * bucketMinutes * 60_000) },
  ];
}

function legendOf({ sources, sourceOf }: DayPicture): LegendEntry[] {
  const done = Object.entries(doings).flatMap(([source, { label, mark }]) =>
    sources.includes(source) ? [{ label, mark, shape: "box" as const }] : [],
  );
  return sourceOf.includes(null) ? [...done, { label: "No reading", mark: "track", shape: "box" }] : done;
}

function plotDay(main: DayPicture, { heart, steps }: Parts, width: number): Plot {
  const bottom = (heart ? heartHeight : 0) + (steps ? (heart ? 24 : 100) + stepHeight : 0);
  const frame = createFrame(width, bottom + 22);
  const x = scaleUtc([new Date(main.start), new Date(main.end)], [left, width - 8]);
  if (heart) drawHeart(addGroup(frame, "heart", 16), heart, x);
  if (steps)
    drawSteps(
      addGroup(frame, "steps", heart ? heartHeight + 24 : 24),
      steps,
      main,
      x,
      heart ? stepHeight : stepHeight + 76,
    );
  drawTimeAxis(addGroup(frame, "time", bottom), x, sayTime);
  return { svg: frame.svg, top: 12, bottom, stops: stopsOf(main, { heart, steps }, x) };
}

function drawHeart(
  group: Group,
  { start, bucketMinutes, values, sourceOf, sources, spells }: DayPicture,
  x: TimeScale,
): void {
  const [from = 0, to = 0] = x.range();
  const foot = heartHeight - 16 - 12;
  const y = scaleLinear(extentOf(values, 10) ?? [40, 100], [foot, 2]);
  const at = (index: number) => x(new Date(start + index * bucketMinutes * 60_000));
  addLabel(group, from, -5, "Heart rate (bpm)", "label strong");
  addBox(group, "fill track", { x: from, y: foot + 4, width: to - from, height: 8 });
  for (const run of runsOf(sourceOf)) {
    const { mark } = doings[sources[run.value] ?? ""] ?? { mark: "waking" };
    const [begin, end] = [at(run.from), Math.min(at(run.to), to)];
    addBox(group, `fill ${mark}`, { x: begin, y: foot + 4, width: end - begin, height: 8 });
    if (mark !== "workout" && mark !== "session") continue;
    addBox(group, `wash ${mark}`, { x: begin, y: 0, width: Math.max(end - begin, 2), height: foot });
  }
  drawBandLabels(group, spells, x);
  drawValueAxis(group, y, { left: from, right: to, ticks: 4, format: String });
  for (const stretch of stretchesOf(values, bucketMinutes)) {
    addCourse(
      group,
      "line heart",
      stretch.map(({ index, value }) => [at(index + 0.5), y(value)]),
    );
  }
}

/**
 * Labels the coloured bands of the plot, first those of workouts, then those of sessions (such as meditation). A label
 * says the start and the end of the band if there is room, and must not overlap the plot's name or another label. The
 * legend explains the colours of bands without a label.
 */
function drawBandLabels(group: Group, spells: DayPicture["spells"], x: TimeScale): void {
  const [left = 0, right = 0] = x.range();
  const taken: [number, number][] = [[left, left + 112]];
  for (const spell of spells) {
    const label = doings[spell.source]?.label ?? spell.source;
    const times = [...new Set([sayTime(spell.start), sayTime(spell.end)])].join("–");
    const [begin, end] = [x(new Date(spell.start)), x(new Date(spell.end))];
    const places = [`${label} ${times}`, label].flatMap((text) => {
      const width = text.length * 7.2; // the approximate width of a letter, in pixels
      return [begin, (begin + end - width) / 2, end - width].map((x) => ({ text, x, width }));
    });
    const free = places.find(
      ({ x, width }) => x + width <= right && taken.every(([from, to]) => x > to + 6 || x + width < from - 6),
    );
    if (!free) continue;
    addLabel(group, free.x, -5, free.text, "label strong");
    taken.push([free.x, free.x + free.width]);
  }
}

function drawSteps(
  group: Group,
  { start, bucketMinutes, values }: DayPicture,
  main: DayPicture,
  x: TimeScale,
  height: number,
): void {
  const [from = 0, to = 0] = x.range();
  const y = scaleLinear([0, Math.max(100, ...values.map((value) => value ?? 0))], [height, 2]).nice(3);
  addLabel(group, from, -6, `Steps in ${bucketMinutes} minutes`, "label strong");
  drawValueAxis(group, y, { left: from, right: to, ticks: 3, format: (value) => formatCount(value) });
  values.forEach((value, index) => {
    const begin = start + index * bucketMinutes * 60_000;
    if (value === null || begin < main.start || begin >= main.end) return;
    const [near, far] = [x(new Date(begin)), x(new Date(begin + bucketMinutes * 60_000))];
    addBox(group, "fill stride", {
      x: near,
      y: y(value),
      width: Math.max(far - near - 1, 1),
      height: height - y(value),
    });
  });
}

interface Reading {
  index: number;
  value: number;
}

/**
 * Splits measurements into stretches that are drawn as connected lines. During the day the ring measures only now and
 * then, so measurements up to 30 minutes apart are connected, as in the tools' answers.
 */
function stretchesOf(values: DayPicture["values"], bucketMinutes: number): Reading[][] {
  const stretches: Reading[][] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    const last = stretches.at(-1);
    const before = last?.at(-1);
    if (last && before && (index - before.index) * bucketMinutes <= 30) last.push({ index, value });
    else stretches.push([{ index, value }]);
  });
  return stretches;
}

function runsOf(values: readonly (number | null)[]): { value: number; from: number; to: number }[] {
  const runs: { value: number; from: number; to: number }[] = [];
  values.forEach((value, index) => {
    const last = runs.at(-1);
    if (value === null) return;
    if (last?.value === value && index - last.to <= 2) last.to = index + 1;
    else runs.push({ value, from: index, to: index + 1 });
  });
  return runs;
}

function stopsOf(main: DayPicture, { heart, steps }: Parts, x: TimeScale): Plot["stops"] {
  const size = 15 * 60_000;
  const bucketsOf = ({ start, bucketMinutes, values }: DayPicture, from: number) =>
    values.filter((value, index) => {
      const at = start + index * bucketMinutes * 60_000;
      return value !== null && at >= from && at < from + size;
    });
  return Array.from({ length: Math.ceil((main.end - main.start) / size) }, (_, index) => {
    const from = main.start + index * size;
    const beats = heart ? bucketsOf(heart, from).filter((value) => value !== null) : [];
    const taken = steps ? bucketsOf(steps, from) : [];
    const doing = heart?.sources[heart.sourceOf[Math.floor((from - heart.start) / 60_000 / heart.bucketMinutes)] ?? -1];
    const parts = [
      heart ? (beats.length === 0 ? "heart rate not measured" : sayBeats(beats)) : null,
      doing ? (doings[doing]?.label.toLowerCase() ?? doing) : null,
      steps && taken.length > 0
        ? `about ${formatCount(taken.reduce<number>((sum, value) => sum + (value ?? 0), 0))} steps`
        : null,
    ].filter((part) => part !== null);
    return { x: x(new Date(from + size / 2)), text: `${sayTime(from)}: ${parts.join(", ") || "no data"}` };
  });
}

function sayBeats(beats: readonly number[]): string {
  const [low, high] = [Math.min(...beats), Math.max(...beats)];
  return low === high ? `${low} bpm` : `${low} to ${high} bpm`;
}
