import { AppError } from "../errors.ts";
import type { AppContext } from "./app.ts";

/** Counts an attempt of this address and minute; throws when there were too many. Before any object is addressed. */
export async function limitAttempts(c: AppContext, limiter: RateLimit): Promise<void> {
  const { success } = await limiter.limit({ key: c.req.header("cf-connecting-ip") ?? "unknown" });
  if (!success) throw new AppError({ kind: "too_many_attempts", retryAfterSeconds: 60 });
}
