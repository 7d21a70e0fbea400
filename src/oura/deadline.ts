import { AppError, type Failure } from "../errors.ts";

/**
 * The outcome of `work`, or `failure` thrown once `milliseconds` have passed. The work itself goes on: whoever else waits
 * for it still gets its outcome.
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
