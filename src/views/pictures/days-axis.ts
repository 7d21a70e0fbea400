import { addLabel, addLine, type Group } from "../frame.ts";

/** A label under the first day and then as many as fit, the last one inside the plot. */
export function drawDayLabels(
  group: Group,
  days: readonly string[],
  x: (day: string) => number,
  right: number,
  say: (day: string) => string,
): void {
  const room = right - x(days[0] ?? "");
  const every = Math.max(1, Math.ceil(days.length / Math.max(1, Math.floor(room / 58))));
  days.forEach((day, index) => {
    if (index % every !== 0) return;
    const at = x(day);
    if (at > right - 18) return;
    addLine(group, "notch", [at, 0], [at, 4]);
    addLabel(group, at, 17, say(day), "label", at < 20 ? "start" : "middle");
  });
}

/** A day without data keeps its place: a short stroke at the foot of the plot. */
export function drawMissingDay(group: Group, x: number, foot: number): void {
  addLine(group, "missing", [x, foot - 9], [x, foot - 1]);
}
