import {
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeFailure, type Failure, type Links } from "../errors.ts";

/**
 * The version of the MCP protocol that a request uses: "legacy" is a version of 2025, "modern" is the version of 2026.
 */
export type Era = "legacy" | "modern";

/** Failures that the person can resolve with one button on the account page. */
const endInPanel: readonly Failure[] = [
  { kind: "not_registered" },
  { kind: "not_connected" },
  { kind: "needs_reconnect" },
  { kind: "key_changed" },
];

/**
 * Texts that say how often the person has been asked to open the account page: never (undefined), once or twice. When
 * the server asks the person, it sends one of these texts to the client. When the client repeats the request, it sends
 * the text back. The text is not signed, because a client gains nothing by changing it. After the person has been asked
 * twice, the server reports the failure instead.
 */
const rounds: readonly (string | undefined)[] = [undefined, "asked once", "asked twice"];
const mostAsks = rounds.length - 1;
const key = "connect";

const opensAddresses = z.looseObject({ elicitation: z.looseObject({ url: z.looseObject({}) }) });

/**
 * The result with which the host asks the person to open the account page (URL elicitation, protocol 2026-07-28). The
 * client gets it instead of the answer that describes the failure `kind`. Null if the person cannot resolve this
 * failure on the account page, if the host does not declare in this request that it can open addresses, or if the
 * person has declined or has been asked twice. Also null in the protocol versions of 2025, in which such a result would
 * be an error.
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
