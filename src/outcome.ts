import { AppError, type Failure, failureOf, isInterruption } from "./errors.ts";

/**
 * The return type of an agent's public methods. Errors lose their class in RPC calls between objects, so failures are
 * returned as data.
 */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** Runs a public method's work. An unexpected error is logged and becomes an `internal` failure with a reference. */
export async function settle<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, failure: logFailure(error) };
  }
}

/**
 * Calls an object once more when the platform interrupted the first call, as at a deployment. `read` must change nothing
 * that matters twice, and must make a new stub each time: a stub is broken once its object was reset.
 */
export async function readAgain<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isInterruption(error)) throw error;
    console.warn(JSON.stringify({ event: "read_again" }));
    return await read();
  }
}

/** The value of an outcome; throws its failure on the caller's side. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new AppError(outcome.failure);
}

/** The failure of an error. An unexpected error is logged with its class and stack frames, without its message. */
export function logFailure(error: unknown): Failure {
  const failure = failureOf(error);
  if (failure.kind === "internal") {
    const where = error instanceof Error ? stackWithoutMessage(error) : typeof error;
    console.error(JSON.stringify({ event: "internal_error", reference: failure.reference, where }));
  }
  return failure;
}

/**
 * The error's name and first stack frames. Messages of third-party errors may contain tokens or data; frames do not.
 */
export function stackWithoutMessage(error: Error): string {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 6).map((line) => line.trim())].join(" | ");
}
