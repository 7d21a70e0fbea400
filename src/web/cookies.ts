import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";
import * as z from "zod/mini";
import { open, type SealingKey, seal } from "../crypto/seal.ts";
import type { AppContext } from "./app.ts";

/**
 * A cookie whose content is encrypted and authenticated. Nobody else can read or forge it, and a changed cookie is
 * ignored. Every cookie has the `__Host-` prefix: the browser then sends it only over https and only to this host, for
 * all paths.
 */
interface SealedCookie<T> {
  name: string;
  purpose: "session" | "ceremony" | "connect";
  maxAgeSeconds: number;
  schema: z.ZodMiniType<T>;
}

export const sessionCookie: SealedCookie<{ accountId: string; secret: string }> = {
  name: "session",
  purpose: "session",
  maxAgeSeconds: 30 * 86_400,
  schema: z.object({ accountId: z.string(), secret: z.string() }),
};

/**
 * The cookie of a passkey ceremony (one creation or use of a passkey) that is not finished. `challenge` is what the
 * passkey must sign.
 */
export const ceremonyCookie: SealedCookie<{
  purpose: "create" | "sign_in" | "add";
  challenge: string;
  accountId: string;
  expiresAt: number;
}> = {
  name: "ceremony",
  purpose: "ceremony",
  maxAgeSeconds: 300,
  schema: z.object({
    purpose: z.enum(["create", "sign_in", "add"]),
    challenge: z.string(),
    accountId: z.string(),
    expiresAt: z.number(),
  }),
};

/**
 * The cookie of a person who has gone to Oura's permission page. Its OAuth `state` and PKCE verifier are needed when
 * the browser returns.
 */
export const connectCookie: SealedCookie<{ state: string; verifier: string; accountId: string; expiresAt: number }> = {
  name: "connect",
  purpose: "connect",
  maxAgeSeconds: 600,
  schema: z.object({ state: z.string(), verifier: z.string(), accountId: z.string(), expiresAt: z.number() }),
};

export async function writeCookie<T>(c: AppContext, cookie: SealedCookie<T>, value: T): Promise<void> {
  const context = { purpose: cookie.purpose, subject: "" } as const;
  const sealed = await seal(c.get("config").tokenKeys, context, JSON.stringify(value));
  setCookie(c, cookie.name, sealed, {
    prefix: "host",
    secure: true,
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    maxAge: cookie.maxAgeSeconds,
  });
}

export async function readCookie<T>(c: AppContext, cookie: SealedCookie<T>): Promise<T | null> {
  return unseal(c.get("config").tokenKeys, cookie, getCookie(c, cookie.name, "host"));
}

/** The account whose session cookie a request carries. The session may already have ended. */
export async function accountOfBrowser(request: Request, tokenKeys: readonly SealingKey[]): Promise<string | null> {
  const cookies = parse(request.headers.get("cookie") ?? "");
  const session = await unseal(tokenKeys, sessionCookie, cookies[`__Host-${sessionCookie.name}`]);
  return session?.accountId ?? null;
}

async function unseal<T>(
  tokenKeys: readonly SealingKey[],
  cookie: SealedCookie<T>,
  sealed: string | undefined,
): Promise<T | null> {
  if (!sealed) return null;
  const text = await open(tokenKeys, { purpose: cookie.purpose, subject: "" }, sealed);
  if (text === null) return null;
  const parsed = cookie.schema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

export function clearCookie<T>(c: AppContext, cookie: SealedCookie<T>): void {
  deleteCookie(c, cookie.name, { prefix: "host", secure: true, path: "/" });
}
