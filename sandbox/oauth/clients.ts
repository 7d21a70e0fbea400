/** The two sign-in systems Oura runs side by side. */
export type Generation = "new" | "legacy";

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
  /** Which system's token endpoint accepts the app. */
  generation: Generation | "both";
}

/** Apps registered here. They have no list of redirect URIs: any URI that Oura's form accepts is valid. */
const CLIENTS: readonly OAuthClient[] = [
  { clientId: "sandbox", clientSecret: "sandbox-secret", generation: "both" },
  { clientId: "sandbox-new", clientSecret: "sandbox-secret", generation: "new" },
  { clientId: "sandbox-legacy", clientSecret: "sandbox-secret", generation: "legacy" },
];

export function findClient(clientId: string): OAuthClient | null {
  return CLIENTS.find((client) => client.clientId === clientId) ?? null;
}

/** https for any host, http only for the name "localhost": Oura refuses 127.0.0.1. */
export function isAcceptableRedirect(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname, hash } = new URL(redirectUri);
  return hash === "" && (protocol === "https:" || (protocol === "http:" && hostname === "localhost"));
}

/** Client id and secret from the body or from HTTP Basic. */
export function readCredentials(form: URLSearchParams, authorization: string | null): { id: string; secret: string } {
  const basic = /^basic +(.+)$/i.exec(authorization ?? "")?.[1];
  if (basic !== undefined) {
    const [id = "", secret = ""] = decodeBasic(basic).split(":").map(decodeFormPart);
    return { id, secret };
  }
  return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
}

function decodeBasic(encoded: string): string {
  try {
    return atob(encoded);
  } catch {
    return "";
  }
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function decodeFormPart(part: string): string {
  return new URLSearchParams(`part=${part}`).get("part") ?? "";
}
