import * as z from "zod/mini";
import { documentsOff, isAcceptableClientId, isDocumentAddress } from "./client-document.ts";

/** The parameters with which a token request identifies its client (RFC 6749 §2.3, RFC 7521 §4.2). */
const clientParameters = ["client_id", "client_secret", "client_assertion", "client_assertion_type"] as const;

export type TokenRequest =
  /** An accepted request contains each parameter that identifies the client at most once, and none of them is empty. */
  { kind: "accepted"; request: Request } | { kind: "refused"; status: 400 | 401; error: string; description: string };

/**
 * Reads which client sends a token request, and checks the client's id before the OAuth provider sees it. The id can be
 * an address, and the provider would fetch any address. A request that this function cannot read is refused, because
 * the provider might find an unchecked id in it.
 */
export async function readTokenRequest(request: Request, clientDocuments: boolean): Promise<TokenRequest> {
  // The OAuth provider refuses a request that is not the POST of a form.
  if (request.method !== "POST" || !isForm(request)) return { kind: "accepted", request };
  const form = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()));
  for (const name of clientParameters) {
    if (form.getAll(name).length > 1) return refuse(400, "invalid_request", `${name} must not be repeated.`);
    if (form.get(name) === "") form.delete(name); // an empty parameter counts as absent (RFC 6749 §3.1)
  }
  const ids: string[] = [];
  const basic = readBasic(request.headers.get("authorization"));
  if (basic.kind === "malformed") return refuse(401, "invalid_client", "The Basic authorization cannot be read.");
  if (basic.kind === "client") {
    // Some clients send their id in the Authorization header and again in the form. The OAuth provider would refuse
    // this as two ways of authentication.
    if (form.get("client_id") === basic.clientId) form.delete("client_id");
    ids.push(basic.clientId);
  }
  const assertion = form.get("client_assertion");
  if (assertion !== null) {
    const issuer = readIssuer(assertion);
    if (issuer === null) return refuse(401, "invalid_client", "The client assertion cannot be read.");
    ids.push(issuer);
  }
  const named = form.get("client_id");
  if (named !== null) ids.push(named);
  if (new Set(ids).size > 1) return refuse(400, "invalid_request", "The request names more than one client.");
  if (!ids.every(isAcceptableClientId)) return refuse(401, "invalid_client", "This client is not known.");
  if (!clientDocuments && ids.some(isDocumentAddress)) return refuse(401, "invalid_client", documentsOff);
  return { kind: "accepted", request: withBody(request, form) };
}

function refuse(status: 400 | 401, error: string, description: string): TokenRequest {
  return { kind: "refused", status, error, description };
}

function withBody(request: Request, form: URLSearchParams): Request {
  const headers = new Headers(request.headers);
  headers.delete("content-length"); // the length was that of the unchanged body
  return new Request(request.url, { method: request.method, headers, body: form.toString() });
}

function isForm(request: Request): boolean {
  const type = request.headers.get("content-type") ?? "";
  return type.split(";")[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
}

function readBasic(header: string | null): { kind: "none" | "malformed" } | { kind: "client"; clientId: string } {
  if (header === null || !/^basic(\s|$)/i.test(header)) return { kind: "none" };
  const credentials = decodeBase64(header.slice("basic".length).trim());
  const end = credentials?.indexOf(":") ?? -1;
  if (credentials === null || end < 0) return { kind: "malformed" };
  try {
    return { kind: "client", clientId: decodeURIComponent(credentials.slice(0, end).replaceAll("+", " ")) };
  } catch {
    return { kind: "malformed" };
  }
}

const claims = z.object({ iss: z.string().check(z.minLength(1)) });

/**
 * The client id (the claim `iss`) of a client assertion, which is a JWT. Its signature has not been verified yet. Null
 * when the assertion cannot be read.
 */
function readIssuer(assertion: string): string | null {
  const parts = assertion.split(".");
  const payload = parts.length === 3 ? decodeBase64(parts[1] ?? "") : null;
  if (payload === null) return null;
  try {
    const bytes = Uint8Array.from(payload, (character) => character.charCodeAt(0));
    return claims.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data?.iss ?? null;
  } catch {
    return null;
  }
}

/**
 * Decodes base64 in every form that the OAuth provider accepts: in the standard and in the URL-safe alphabet, with or
 * without padding. Null when the text cannot be decoded.
 */
function decodeBase64(text: string): string | null {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return null;
  }
}
