import { addBox, addLabel, addLine, type Group } from "../frame.ts";

/** The last label stays inside the plot. */
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

/**
 * Draws a bar at the bottom of the plot for each run of days without data.
 * @param step the width of one day in pixels
 */
export function drawGaps(
  group: Group,
  values: readonly unknown[],
  { at, step, foot }: { at: (index: number) => number; step: number; foot: number },
): void {
  let from = 0;
  values.forEach((value, index) => {
    if (value !== null) {
      from = index + 1;
      return;
    }
    if (values[index + 1] === null) return;
    // How far the bar extends beyond its first and last day, in pixels. It is limited so that the bar stays in the
    // plot.
    const reach = Math.max(Math.min(step * 0.375, 6), 2);
    const width = at(index) - at(from) + 2 * reach;
    addBox(group, "fill missing", { x: at(from) - reach, y: foot - 4, width, height: 3 });
  });
}
