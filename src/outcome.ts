import { AppError, type Failure, failureOf, isInterruption } from "./errors.ts";

/**
 * What the public methods of the account's Durable Object return. An error loses its class in an RPC call between
 * objects, so these methods return a failure as data.
 */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/**
 * Turns an error that `work` throws into a failure. An unexpected error is logged and becomes an `internal` failure.
 * Its reference code is also in the log entry.
 */
export async function settle<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, failure: logFailure(error) };
  }
}

/**
 * Calls a Durable Object a second time when the platform interrupted the first call, for example at a deployment.
 * `read` may run twice, so it must be safe to repeat. `read` must make a new stub each time, because a stub no longer
 * works after its object was reset.
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

export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new AppError(outcome.failure);
}

/**
 * Runs work that nobody waits for: after the response, or in a timer. A failure is caught and logged here. If nobody
 * caught the error, the platform would log the error's message, which may contain tokens or health data.
 */
export async function inBackground(work: () => unknown): Promise<void> {
  const outcome = await settle(work);
  if (outcome.ok || outcome.failure.kind === "internal") return;
  console.warn(JSON.stringify({ event: "background_failure", kind: outcome.failure.kind }));
}

/**
 * Logs an unexpected error together with its reference. An expected failure is logged only if an error of a library
 * caused it.
 */
export function logFailure(error: unknown): Failure {
  const failure = failureOf(error);
  if (!(error instanceof AppError)) {
    if (failure.kind === "internal") {
      console.error(
        JSON.stringify({ event: "internal_error", reference: failure.reference, where: withoutMessage(error) }),
      );
    }
  } else if (error.cause !== undefined) {
    console.warn(JSON.stringify({ event: "failure", kind: failure.kind, cause: withoutMessage(error.cause) }));
  }
  return failure;
}

/**
 * What a log entry says about an error: the name of its class and its first six stack frames, or the type of a thrown
 * value that is no error. The error's message may contain tokens or health data, so it is left out. The text of the
 * stack repeats the message. A line of this text that also occurs in the message is therefore left out too.
 */
export function withoutMessage(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const message = String(error.message);
  const lines = String(error.stack).split("\n");
  const frames = lines.filter((line) => /^\s+at /.test(line) && !message.includes(line.trim()));
  const name = /^\w{1,60}$/.test(error.name) ? error.name : "Error";
  return [name, ...frames.slice(0, 6).map((line) => line.trim())].join(" | ");
}
