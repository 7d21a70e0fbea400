import type { OAuthClientProvider, OAuthDiscoveryState } from "@modelcontextprotocol/sdk/client/auth.js";
import type { OAuthClientInformationMixed, OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";
import { recordSecrets } from "./witness.ts";

/** An assistant's stored authorization state; both client libraries use the same interface. */
export interface MemoryProvider extends OAuthClientProvider {
  readonly sentState: string;
  /** The address to which the library redirects the person. */
  authorizationUrl(): URL;
  tokens(): OAuthTokens | undefined;
}

/** A public client on this computer that registers itself (RFC 7591) and keeps everything in memory. */
export function createMemoryProvider({ name, redirectUri }: { name: string; redirectUri: string }): MemoryProvider {
  const sentState = crypto.randomUUID();
  let client: OAuthClientInformationMixed | undefined;
  let tokens: OAuthTokens | undefined;
  let discovered: OAuthDiscoveryState | undefined;
  let verifier = "";
  let wanted: URL | null = null;
  return {
    sentState,
    redirectUrl: redirectUri,
    clientMetadata: {
      client_name: name,
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
    state: () => sentState,
    clientInformation: () => client,
    saveClientInformation(information) {
      client = information;
    },
    tokens: () => tokens,
    saveTokens(issued) {
      tokens = issued;
      recordSecrets([issued.access_token, issued.refresh_token]);
    },
    discoveryState: () => discovered,
    saveDiscoveryState(state) {
      discovered = state;
    },
    redirectToAuthorization(url) {
      wanted = url;
    },
    authorizationUrl() {
      if (wanted === null) throw new Error("The library has not requested authorization.");
      return wanted;
    },
    saveCodeVerifier(created) {
      verifier = created;
    },
    codeVerifier: () => verifier,
  };
}
