export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** `roundTo(60.13, 8)` is 60.125: Oura gives averages in eighths. */
export function roundTo(value: number, partsPerUnit: number): number {
  return Math.round(value * partsPerUnit) / partsPerUnit;
}

/** 0 for an empty list. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A rating from 1 to 100 read off a broken line through `points`, which are in order of their first number. */
export function rating(value: number, points: readonly (readonly [number, number])[]): number {
  const above = points.findIndex(([x]) => x >= value);
  const [x1, y1] = points[above === -1 ? points.length - 1 : above] ?? [0, 50];
  const [x0, y0] = points[above <= 0 ? (above === 0 ? 0 : points.length - 1) : above - 1] ?? [0, 50];
  const share = x1 === x0 ? 0 : (value - x0) / (x1 - x0);
  return clamp(Math.round(y0 + share * (y1 - y0)), 1, 100);
}
