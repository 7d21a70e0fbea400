import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import * as z from "zod/mini";
import { AppError, describeFailure, type Failure } from "../errors.ts";
import type { AppContext } from "../web/app.ts";
import { statusOf } from "../web/failure-page.tsx";
import { linksOf } from "../web/respond.tsx";
import { safeNext } from "../web/session.ts";
import { isJson } from "./oauth-endpoints.ts";
import { confirmAddress } from "./sign-in-address.ts";

const passkeyResult = z.object({ response: z.unknown(), next: z.optional(z.string()) });

export async function readPasskeyResult(c: AppContext): Promise<{ response: unknown; next: string }> {
  // Only JSON is accepted, so that pages of other sites cannot send this request. Before such a page may send JSON, the
  // browser asks this server with a CORS preflight, and the server does not allow it.
  if (!isJson(c.req.raw)) throw new AppError({ kind: "ceremony_failed" });
  const body = passkeyResult.safeParse(await c.req.json().catch(() => null));
  if (!body.success) throw new AppError({ kind: "ceremony_failed" });
  return { response: body.data.response, next: safeNext(body.data.next) };
}

const credential = {
  id: z.string().check(z.maxLength(1_400)),
  rawId: z.string().check(z.maxLength(1_400)),
  type: z.literal("public-key"),
  clientExtensionResults: z._default(z.record(z.string(), z.unknown()), {}),
};

export function registrationResponse(value: unknown): RegistrationResponseJSON {
  const parsed = z
    .object({
      ...credential,
      response: z.object({
        clientDataJSON: z.string(),
        attestationObject: z.string(),
        transports: z.optional(z.array(z.string())),
      }),
    })
    .safeParse(value);
  if (!parsed.success) throw new AppError({ kind: "ceremony_failed" });
  return parsed.data;
}

export function authenticationResponse(value: unknown): AuthenticationResponseJSON {
  const parsed = z
    .object({
      ...credential,
      response: z.object({
        clientDataJSON: z.string(),
        authenticatorData: z.string(),
        signature: z.string(),
        userHandle: z.pipe(
          z.nullish(z.string()),
          z.transform((handle) => handle ?? undefined),
        ),
      }),
    })
    .safeParse(value);
  if (!parsed.success) throw new AppError({ kind: "ceremony_failed" });
  return parsed.data;
}

/**
 * Answers a failure as JSON for the script of the pages that use passkeys. If the person has to confirm who they are
 * first, the answer tells the script which page to open.
 */
export function passkeyFailure(c: AppContext, failure: Failure) {
  const next = failure.kind === "proof_needed" ? { next: confirmAddress(c) } : {};
  return c.json({ error: describeFailure(failure, linksOf(c)), ...next }, statusOf(failure));
}
