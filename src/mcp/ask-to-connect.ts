import {
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeFailure, type Failure, type Links } from "../errors.ts";

/** The version of the protocol that a request speaks: of 2025 or of 2026. */
export type Era = "legacy" | "modern";

/** Failures that the person ends in the panel, by one button. */
const endInPanel: readonly Failure[] = [
  { kind: "not_registered" },
  { kind: "not_connected" },
  { kind: "needs_reconnect" },
  { kind: "key_changed" },
];

/**
 * What the client sends back with each repetition: how often it was asked. Nobody gains anything by changing it, so it is
 * not signed. Accepting means only that the page was opened. A person who closed it is asked once more, and then reads
 * the failure.
 */
const rounds: readonly (string | undefined)[] = [undefined, "asked once", "asked twice"];
const mostAsks = rounds.length - 1;
const key = "connect";

const opensAddresses = z.looseObject({ elicitation: z.looseObject({ url: z.looseObject({}) }) });

/**
 * Asks the person to open the panel, in place of the words of a failure (URL elicitation, protocol 2026-07-28). Null
 * where the host does not declare that it opens addresses in this request, and where the person was asked before and
 * refused, or was asked often enough. In a request of the 2025 protocol the same result would become an error.
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
