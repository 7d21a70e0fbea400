import { AppError, type Failure, failureOf } from "./errors.ts";

/**
 * How an agent's public methods answer: errors lose their class on the way between objects, so failures cross as data.
 */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** Runs a public method's work; anything unknown becomes a logged reference. */
export async function settle<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, failure: logFailure(error) };
  }
}

/** The value of an outcome, or its failure thrown again on this side. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new AppError(outcome.failure);
}

/** The failure of an error. What nobody foresaw is logged by its class and stack lines, never by its message. */
export function logFailure(error: unknown): Failure {
  const failure = failureOf(error);
  if (failure.kind === "internal") {
    const where = error instanceof Error ? stackWithoutMessage(error) : typeof error;
    console.error(JSON.stringify({ event: "internal_error", reference: failure.reference, where }));
  }
  return failure;
}

/** Messages of foreign errors may quote tokens or data; the frames below them do not. */
export function stackWithoutMessage(error: Error): string {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 6).map((line) => line.trim())].join(" | ");
}
