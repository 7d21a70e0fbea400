import type { HeldDocument } from "./synthetic-people.ts";

/**
 * How the right values read documents. Written apart from the product on purpose, from Oura's own description of its
 * fields: a mistake in the product must not find itself confirmed here.
 */
export function textOf(document: HeldDocument | undefined, field: string): string {
  const value = document?.[field];
  if (typeof value !== "string") throw new Error(`no text in ${field}`);
  return value;
}

export function numberOf(document: HeldDocument | undefined, field: string): number {
  const value = document?.[field];
  if (typeof value !== "number") throw new Error(`no number in ${field}`);
  return value;
}

export function between(documents: readonly HeldDocument[], first: string, last: string): HeldDocument[] {
  return documents.filter((document) => textOf(document, "day") >= first && textOf(document, "day") <= last);
}

export function onDay(documents: readonly HeldDocument[], day: string): HeldDocument | undefined {
  return documents.findLast((document) => document.day === day);
}

/** The longest `long_sleep` of each day; what else was slept is no night. */
export function mainNights(sleep: readonly HeldDocument[]): HeldDocument[] {
  const longest = new Map<string, HeldDocument>();
  for (const period of sleep) {
    const best = longest.get(textOf(period, "day"));
    const isLonger = !best || numberOf(period, "total_sleep_duration") > numberOf(best, "total_sleep_duration");
    if (period.type === "long_sleep" && isLonger) longest.set(textOf(period, "day"), period);
  }
  return [...longest.values()];
}

/** Sleeps in the daytime that the wearer did not reject or delete. */
export function naps(sleep: readonly HeldDocument[]): HeldDocument[] {
  return sleep.filter(({ type }) => type === "sleep" || type === "late_nap");
}

/** "23:41" of a timestamp, on the clock it is written in. */
export function clockOf(stamp: string): string {
  return stamp.slice(11, 16);
}

export function offsetOf(stamp: string): string {
  return stamp.slice(-6);
}

export function highest(documents: readonly HeldDocument[], value: (document: HeldDocument) => number): HeldDocument {
  const [first, ...rest] = documents;
  if (!first) throw new Error("nothing to choose from");
  return rest.reduce((best, document) => (value(document) > value(best) ? document : best), first);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
