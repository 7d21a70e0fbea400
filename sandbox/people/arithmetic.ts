export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** `roundTo(60.13, 8)` is 60.125: Oura gives averages in eighths. */
export function roundTo(value: number, partsPerUnit: number): number {
  return Math.round(value * partsPerUnit) / partsPerUnit;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A rating from 1 to 100, interpolated linearly between the points (`at[i]`, `ratings[i]`), `at` ascending. */
export function rating(value: number, at: readonly number[], ratings: readonly number[]): number {
  const last = at.length - 1;
  const right = at.findIndex((x) => x >= value);
  const [from, to] = right === -1 ? [last, last] : [Math.max(0, right - 1), right];
  const [x0 = 0, x1 = 0, y0 = 50, y1 = 50] = [at[from], at[to], ratings[from], ratings[to]];
  const share = x1 === x0 ? 0 : (value - x0) / (x1 - x0);
  return clamp(Math.round(y0 + clamp(share, 0, 1) * (y1 - y0)), 1, 100);
}
