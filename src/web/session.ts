import type { PanelView } from "../agent/panel-view.ts";
import type { Preview } from "../agent/preview.ts";
import type { RingAgent } from "../agent/ring-agent.ts";
import { AppError } from "../errors.ts";
import { type Outcome, readAgain, unwrap } from "../outcome.ts";
import type { AppContext } from "./app.ts";
import { readCookie, sessionCookie, writeCookie } from "./cookies.ts";

/** A browser's session and its agent. Every call to the agent passes the secret, and the agent checks it. */
export interface Session {
  accountId: string;
  secret: string;
  agent: DurableObjectStub<RingAgent>;
  /** Reads that are repeated when a deployment interrupts them. */
  readPanel(): Promise<Outcome<PanelView>>;
  readPreview(): Promise<Outcome<Preview>>;
}

export async function findSession(c: AppContext): Promise<Session | null> {
  const cookie = await readCookie(c, sessionCookie);
  if (cookie === null) return null;
  const { accountId, secret } = cookie;
  const openAgent = () => c.env.RING_AGENT.getByName(accountId);
  return {
    accountId,
    secret,
    agent: openAgent(),
    readPanel: () => readAgain(async () => openAgent().panel(secret)),
    readPreview: () => readAgain(async () => openAgent().preview(secret, c.get("origin"))),
  };
}

export async function requireSession(c: AppContext): Promise<Session> {
  const session = await findSession(c);
  if (session === null) throw new AppError({ kind: "not_signed_in" });
  return session;
}

/**
 * Returns the panel's data if this browser signed in within minutes; otherwise throws `proof_needed`. Routes check this
 * before they start; the agent checks again when something changes.
 */
export async function requireFreshPanel({ readPanel }: Session): Promise<PanelView> {
  const panel = unwrap(await readPanel());
  if (!panel.isFresh) throw new AppError({ kind: "proof_needed" });
  return panel;
}

/**
 * Whether an agent's answer means that this browser is signed out: from another browser, or because the account is
 * deleted.
 */
export function isSignedOut<T>(outcome: Outcome<T>): boolean {
  return !outcome.ok && (outcome.failure.kind === "not_signed_in" || outcome.failure.kind === "account_gone");
}

/**
 * Puts the new session into the browser's cookie and ends its previous one, of whichever account, so that a copy of the
 * old cookie stops working. For the same account, both are known as one browser.
 */
export async function startSession(c: AppContext, accountId: string, secret: string): Promise<void> {
  const before = await findSession(c);
  if (before?.accountId === accountId) await before.agent.replaceSession(secret, before.secret);
  else if (before) await before.agent.signOut(before.secret); // may already be signed out
  await writeCookie(c, sessionCookie, { accountId, secret });
}

export function browserOf(c: AppContext): string {
  return browserName(c.req.header("user-agent"));
}

/** A short name such as "Chrome on macOS", enough for a person to recognise their own browser. */
export function browserName(userAgent: string | undefined): string {
  const text = userAgent ?? "";
  const browsers: [RegExp, string][] = [
    [/Edg\//, "Edge"],
    [/OPR\//, "Opera"],
    [/Firefox\//, "Firefox"],
    [/Chrome\//, "Chrome"],
    [/Safari\//, "Safari"],
  ];
  const systems: [RegExp, string][] = [
    [/iPhone|iPad/, "iOS"],
    [/Android/, "Android"],
    [/Mac OS X/, "macOS"],
    [/Windows/, "Windows"],
    [/Linux/, "Linux"],
  ];
  const browser = browsers.find(([pattern]) => pattern.test(text))?.[1] ?? "A browser";
  const system = systems.find(([pattern]) => pattern.test(text))?.[1];
  return system ? `${browser} on ${system}` : browser;
}

/**
 * Returns `next` if it is a path on this site, otherwise the panel. Prevents open redirects to other hosts or schemes.
 */
export function safeNext(next: string | undefined | null): string {
  if (!next?.startsWith("/") || next.length > 8_000) return "/panel";
  const base = "https://here.invalid";
  const url = URL.parse(next, base);
  const path = `${url?.pathname}${url?.search}`;
  // Checked after parsing, because parsing turns "/.//evil.example" into "//evil.example".
  return url?.origin === base && !path.startsWith("//") && !path.includes("\\") ? path : "/panel";
}
