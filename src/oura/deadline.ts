import { AppError, type Failure } from "../errors.ts";

/**
 * The result of `work`; throws `failure` after `milliseconds`. The work is not cancelled: other callers that wait for
 * it still get its result.
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
