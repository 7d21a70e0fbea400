import { requestedScopes, type Scope } from "../scopes.ts";
import { findClient, type Generation, isAcceptableRedirect, type OAuthClient } from "./clients.ts";

export interface CodeChallenge {
  method: "S256" | "plain";
  challenge: string;
}

export interface AuthorizationRequest {
  client: OAuthClient;
  redirectUri: string;
  scopes: Scope[];
  state: string | null;
  codeChallenge: CodeChallenge | null;
}

/**
 * `unsafe`: the redirect URI cannot be trusted, so the error is shown on a page. `refused`: the app receives an OAuth
 * error by redirect.
 */
export type ParsedAuthorization =
  | { kind: "request"; request: AuthorizationRequest }
  | { kind: "unsafe"; reason: string }
  | { kind: "refused"; redirectUri: string; state: string | null; error: string };

export function parseAuthorization(query: URLSearchParams, generation: Generation): ParsedAuthorization {
  const client = findClient(query.get("client_id") ?? "");
  // The old address forwards to the new system, which knows all apps except those that were never migrated.
  if (!client || (generation === "new" && client.generation === "legacy")) {
    return { kind: "unsafe", reason: "This app is not registered (client_id)." };
  }
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!isAcceptableRedirect(redirectUri)) {
    return { kind: "unsafe", reason: "This address to return to is not registered (redirect_uri)." };
  }
  const state = query.get("state");
  const refused = (error: string): ParsedAuthorization => ({ kind: "refused", redirectUri, state, error });
  if (query.get("response_type") !== "code") return refused("unsupported_response_type");
  const method = query.get("code_challenge_method") ?? "plain";
  const challenge = query.get("code_challenge");
  if (challenge !== null && method !== "S256" && method !== "plain") return refused("invalid_request");
  const codeChallenge: CodeChallenge | null =
    challenge === null ? null : { method: method === "S256" ? "S256" : "plain", challenge };
  const scopes = requestedScopes(query.get("scope") ?? "", generation);
  return { kind: "request", request: { client, redirectUri, scopes, state, codeChallenge } };
}

/** RFC 7636 §4.6 */
export async function verifiesChallenge({ method, challenge }: CodeChallenge, verifier: string): Promise<boolean> {
  if (method === "plain") return verifier === challenge;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
  const base64 = btoa(String.fromCharCode(...digest));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === challenge;
}
