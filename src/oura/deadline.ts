import { AppError, type Failure } from "../errors.ts";

/**
 * Returns the result of `work`, or throws `failure` after `milliseconds`. `work` itself is not cancelled, because other
 * callers may be waiting for the same result.
 */
export async function beforeDeadline<T>(work: Promise<T>, milliseconds: number, failure: Failure): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError(failure)), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
