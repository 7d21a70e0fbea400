import type { PanelView } from "../agent/panel-view.ts";
import type { Preview } from "../agent/preview.ts";
import type { RingAgent } from "../agent/ring-agent.ts";
import { AppError } from "../errors.ts";
import { type Outcome, readAgain, unwrap } from "../outcome.ts";
import type { AppContext } from "./app.ts";
import { readCookie, sessionCookie, writeCookie } from "./cookies.ts";

/**
 * The session of a signed-in browser. Every call to the account's Durable Object (`agent`) passes the session's secret,
 * and the Durable Object checks it.
 */
export interface Session {
  accountId: string;
  secret: string;
  agent: DurableObjectStub<RingAgent>;
  /** If a deployment interrupts the call, the call is repeated. */
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
 * Throws `proof_needed` unless the person signed in on this browser within the last ten minutes. Routes call this
 * before they start an action, and the account's Durable Object checks the sign-in again before it changes something.
 */
export async function requireFreshPanel({ readPanel }: Session): Promise<PanelView> {
  const panel = unwrap(await readPanel());
  if (!panel.isFresh) throw new AppError({ kind: "proof_needed" });
  return panel;
}

/**
 * Whether an answer of the account's Durable Object means that this browser is signed out. Another browser may have
 * ended the session, or the account may be deleted.
 */
export function isSignedOut<T>(outcome: Outcome<T>): boolean {
  return !outcome.ok && (outcome.failure.kind === "not_signed_in" || outcome.failure.kind === "account_gone");
}

/**
 * Stores a new session in the browser's cookie and ends the browser's previous session, so that a copy of the old
 * cookie stops working. If both sessions belong to the same account, the new session replaces the old one in the
 * account's list of browsers.
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

/** The name of a browser, such as "Chrome on macOS". People recognise their own browser by this name in a list. */
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
 * Returns `next` if it is a path on this site, and otherwise "/panel", so that no link can lead people to another site
 * after they sign in.
 */
export function safeNext(next: string | undefined | null): string {
  if (!next?.startsWith("/") || next.length > 8_000) return "/panel";
  const base = "https://here.invalid";
  const url = URL.parse(next, base);
  const path = `${url?.pathname}${url?.search}`;
  // Parsing turns "/.//evil.example" into "//evil.example", which a browser would open as another site. So the path is
  // checked after parsing.
  return url?.origin === base && !path.startsWith("//") && !path.includes("\\") ? path : "/panel";
}
