export interface Comparison {
  what: string;
  before: number;
  now: number;
  /** Now divided by before; null where before was 0. */
  ratio: number | null;
}

/** Figures that tell how much something costs; all others describe the run itself. */
const costs =
  /(^bundle\.|\.(answerBytes|bytes|ouraRequests|wallP50|addedP50|cpuMilliseconds|cpuP95|measured|median|again)$|^oauth\.\w+P50$|^idle\.after)/;

/**
 * Every cost that both runs measured. A run of an older version may lack some figures, and its questions may differ: those
 * are left out.
 * @param before the JSON of an earlier run, `npm run bench -- --json`
 */
export function compareRuns(before: unknown, now: unknown): Comparison[] {
  const earlier = flatten(before);
  return [...flatten(now)].flatMap(([what, value]) => {
    const known = earlier.get(what);
    if (known === undefined || !costs.test(what)) return [];
    return [{ what, before: known, now: value, ratio: known === 0 ? null : value / known }];
  });
}

/** Every number of a report under its path. An element of a list is named by its own words, not by its place. */
function flatten(value: unknown, path = "", found = new Map<string, number>()): Map<string, number> {
  if (typeof value === "number") found.set(path, value);
  if (Array.isArray(value)) for (const element of value) flatten(element, `${path}[${nameOf(element)}]`, found);
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) flatten(inner, path === "" ? key : `${path}.${key}`, found);
  return found;
}

function nameOf(element: object): string {
  const named = ["tool", "what", "route", "people", "parallel"].flatMap((key) => Reflect.get(element, key) ?? []);
  return named.join(" ");
}
