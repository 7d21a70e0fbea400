import {
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeFailure, type Failure, type Links } from "../errors.ts";

/** Which version of the MCP protocol a request uses: a version of 2025 ("legacy") or the version of 2026 ("modern"). */
export type Era = "legacy" | "modern";

/**
 * Failures that the person can resolve by pressing one button in the panel (the page on which the person manages the
 * account).
 */
const endInPanel: readonly Failure[] = [
  { kind: "not_registered" },
  { kind: "not_connected" },
  { kind: "needs_reconnect" },
  { kind: "key_changed" },
];

/**
 * The texts that say how often the person has been asked to open the panel: never (undefined), once or twice. The
 * server sends this text when it asks the person to open the panel, and the client sends it back when it repeats the
 * request. The text is not signed, because a client gains nothing by changing it. That the person accepted only means
 * that the page was opened. If the account is still not connected, the person is asked a second time. After that, the
 * failure is reported.
 */
const rounds: readonly (string | undefined)[] = [undefined, "asked once", "asked twice"];
const mostAsks = rounds.length - 1;
const key = "connect";

const opensAddresses = z.looseObject({ elicitation: z.looseObject({ url: z.looseObject({}) }) });

/**
 * Returns a result that asks the person to open the panel (URL elicitation, protocol 2026-07-28), in place of an answer
 * with the text of a failure. Returns null if the person must not or cannot be asked: if the host does not declare in
 * this request that it can open addresses, or if the person has declined or has been asked twice. Also returns null for
 * every request in a protocol version of 2025, in which the result would be an error.
 */
export function askToConnect(
  kind: Failure["kind"],
  links: Links,
  { mcpReq }: ServerContext,
  era: Era,
): InputRequiredResult | null {
  const failure = endInPanel.find((one) => one.kind === kind);
  if (era !== "modern" || failure === undefined) return null;
  const envelope: Record<string, unknown> = { ...mcpReq.envelope };
  if (!opensAddresses.safeParse(envelope[CLIENT_CAPABILITIES_META_KEY]).success) return null;
  const asked = rounds.indexOf(mcpReq.requestState());
  if (asked === -1 || asked === mostAsks) return null;
  const answer = inputResponse(mcpReq.inputResponses, key);
  if (asked > 0 && (answer.kind !== "elicit" || answer.action !== "accept")) return null;
  const request = inputRequired.elicitUrl({ message: describeFailure(failure, links), url: links.panel });
  return inputRequired({ inputRequests: { [key]: request }, requestState: rounds[asked + 1] });
}
