import type { RingAgent } from "../../src/agent/ring-agent.ts";
import { origin } from "./product.ts";
import { mcpRequest } from "./wire.ts";

/** An invalid response of a new passkey. */
export const noCredential = {
  id: "x",
  rawId: "x",
  type: "public-key" as const,
  clientExtensionResults: {},
  response: { clientDataJSON: "x", attestationObject: "x" },
};
/** An invalid response of a known passkey. */
export const noAssertion = { clientDataJSON: "x", authenticatorData: "x", signature: "x" };
const ceremony = { challenge: "x", relyingParty: { origin, id: "localhost" }, expiresAt: Number.MAX_SAFE_INTEGER };

/** Calls of the agent's public methods, with arguments for which each of them reaches storage. */
export const agentCalls: Record<string, (agent: RingAgent) => unknown> = {
  answer: (agent) => {
    const call = { method: "tools/call", params: { name: "oura_get_permissions", arguments: {} } };
    const identity = { accountId: "x", assistantId: "x", clientId: "x", scopes: ["daily"], origin, clientSites: [] };
    return agent.answer(mcpRequest(null, call), identity);
  },
  open: (agent) => agent.open({ key: "token:x:x", presented: null }),
  createWithPasskey: (agent) => agent.createWithPasskey(noCredential, ceremony, "x", "x"),
  createWithKey: (agent) => agent.createWithKey("x", "x"),
  signInWithPasskey: (agent) => agent.signInWithPasskey({ ...noCredential, response: noAssertion }, ceremony, "x"),
  signInWithKey: (agent) => agent.signInWithKey("x", "x"),
  addPasskey: (agent) => agent.addPasskey("x", noCredential, ceremony, "x"),
  namePasskey: (agent) => agent.namePasskey("x", "x", "x"),
  removePasskey: (agent) => agent.removePasskey("x", "x"),
  replaceAccountKey: (agent) => agent.replaceAccountKey("x"),
  panel: (agent) => agent.panel("x"),
  preview: (agent) => agent.preview("x", origin),
  register: (agent) => agent.register("x", "x", "x"),
  beginConnecting: (agent) => agent.beginConnecting("x"),
  connectOura: (agent) => agent.connectOura("x", { code: "x", redirectUri: origin, verifier: "x", scope: "" }, null),
  takeOver: (agent) => agent.takeOver("x"),
  cancelTakeOver: (agent) => agent.cancelTakeOver("x"),
  disconnect: (agent) => agent.disconnect("x", { revoke: true }),
  addAssistant: (agent) =>
    agent.addAssistant("x", {
      clientId: "x",
      clientName: "x",
      clientDomain: null,
      redirectHost: "x",
      isOnThisComputer: true,
      replacesOlder: true,
      scopes: [],
    }),
  makeAccessToken: (agent) => agent.makeAccessToken("x", { id: "x", name: "x", scopes: ["daily"], days: 30 }),
  revokeAssistant: (agent) => agent.revokeAssistant("x", "x"),
  revokeAllAssistants: (agent) => agent.revokeAllAssistants("x"),
  narrowAssistant: (agent) => agent.narrowAssistant("x", "x", []),
  replaceSession: (agent) => agent.replaceSession("x", "x"),
  signOut: (agent) => agent.signOut("x"),
  endSession: (agent) => agent.endSession("x", "x"),
  signOutEverywhere: (agent) => agent.signOutEverywhere("x"),
  deleteAccount: (agent) => agent.deleteAccount("x"),
};
