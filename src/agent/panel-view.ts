import { allowingMilliseconds } from "../account/sessions.ts";
import type { Standing } from "../connection/standing.ts";
import type { ActivityEntry } from "../grants/activity.ts";
import type { Assistant } from "../grants/assistants.ts";
import { findNewer } from "../grants/superseded.ts";
import type { ScopeName } from "../oura/scopes.ts";
import type { Parts } from "./parts.ts";
import { findStanding } from "./ring-connection.ts";

/** What the person's own page ("Your MCP server") shows, on which the person manages the account. */
export interface PanelView {
  standing: Standing;
  /** The scopes (permissions) that Oura granted; empty before the ring is connected. */
  scopes: ScopeName[];
  /** True if Oura did not name the granted scopes. Ringbridge then found them by test requests to Oura. */
  areScopesProven: boolean;
  /** When a tool call last got data from Oura, in epoch ms. Null when no call has got data yet. */
  lastReadAt: number | null;
  /**
   * How the last tool call that needed data from Oura ended: "ok" or the kind of its failure. Null when there was no
   * such call.
   */
  lastOutcome: string | null;
  assistants: {
    id: string;
    assistant: Assistant;
    /** Whether the person allowed the assistant in the browser that now shows the person's own page. */
    isOfThisBrowser: boolean;
    /**
     * Whether the list has a newer entry for the same assistant. It has one if the person later allowed an assistant of
     * the same name in the same browser.
     */
    hasNewer: boolean;
  }[];
  activity: ActivityEntry[];
  passkeys: { id: string; name: string; createdAt: number; lastUsedAt: number | null }[];
  hasAccountKey: boolean;
  /** Whether this browser signed in within the last ten minutes, so that it may change the sign-in methods. */
  isFresh: boolean;
  /** Whether this browser signed in within the last twelve hours, so that it may allow another assistant. */
  mayAllow: boolean;
  sessions: { id: string; browser: string; createdAt: number; lastSeenAt: number; isThisOne: boolean }[];
}

export async function viewPanel(parts: Parts, sessionId: string): Promise<PanelView> {
  const standing = await findStanding(parts);
  const connection = await parts.connection().state();
  const { passkeys, keyHash } = parts.account.load();
  const activity = parts.activity.list();
  const assistants = parts.assistants.list();
  const browserId = parts.sessions.find(sessionId)?.browserId ?? null;
  return {
    standing,
    scopes: connection.kind === "not_connected" ? [] : connection.scopes,
    areScopesProven: connection.kind !== "not_connected" && connection.areScopesProven,
    lastReadAt: parts.state.read().lastReadAt,
    lastOutcome: parts.state.read().lastOutcome,
    assistants: assistants.map((one) => {
      const { id, assistant } = one;
      // The time of last use in an assistant's record may be too old, because it is written at most once an hour. The
      // time of the newest call is in the list of calls.
      const calls = activity.filter((entry) => entry.assistantId === id);
      const firstUsedAt = assistant.firstUsedAt ?? calls.at(-1)?.at ?? null;
      return {
        id,
        assistant: { ...assistant, firstUsedAt, lastUsedAt: calls[0]?.at ?? assistant.lastUsedAt },
        isOfThisBrowser: browserId !== null && assistant.browser?.id === browserId,
        hasNewer: findNewer(one, assistants) !== null,
      };
    }),
    activity,
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt, lastUsedAt })),
    hasAccountKey: keyHash !== null,
    isFresh: parts.sessions.isFresh(sessionId),
    mayAllow: parts.sessions.isFresh(sessionId, allowingMilliseconds),
    sessions: parts.sessions.list().map(({ id, session }) => ({ id, ...session, isThisOne: id === sessionId })),
  };
}
