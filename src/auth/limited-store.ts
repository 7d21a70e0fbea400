import type { Bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import { AppError } from "../errors.ts";
import { secondsLeftOfDay } from "../registry/daily-allowance.ts";
import { admitProgram } from "../web/admission.ts";

/**
 * Limits how often the OAuth provider's store is written. The provider writes only after it has checked the code or
 * token of a request. So requests with invented codes and tokens never count, and nobody can use up the limit of
 * another person's grant.
 */
export function limitWrites(store: KVNamespace, env: Bindings, request: Request): KVNamespace {
  const { pathname } = new URL(request.url);
  let isCounted = false;

  async function beforeWriting(key: string): Promise<void> {
    const [kind, accountId = "", grantId = ""] = key.split(":");
    if (kind === "client" && pathname === "/oauth/register" && !(await admitProgram(env, request))) {
      throw new AppError({ kind: "too_many_today", retryAfterSeconds: secondsLeftOfDay(now()) });
    }
    if ((kind !== "grant" && kind !== "token") || pathname !== "/oauth/token" || isCounted) return;
    isCounted = true; // an exchange of a code or token writes a grant and a token, which count as one write
    const own = await env.LIMIT_GRANT.limit({ key: `${accountId}:${grantId}` });
    const all = await env.LIMIT_ACCOUNT.limit({ key: `tokens:${accountId}` });
    if (own.success && all.success) return;
    throw new AppError({ kind: "too_many_attempts", retryAfterSeconds: 60 });
  }

  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      if (name !== "put") return member.bind(target);
      return async (key: string, ...rest: unknown[]) => {
        await beforeWriting(key);
        return Reflect.apply(member, target, [key, ...rest]);
      };
    },
  });
}
