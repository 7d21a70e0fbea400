import { z } from "zod";
import { type OpenSimulator, ORIGIN } from "./open-simulator.ts";

export const REDIRECT = "https://ringbridge.example/oura/callback";
export const ADDRESSES = {
  new: {
    authorize: "/sandbox/oura/oauth/v2/ext/oauth-authorize",
    token: "/sandbox/oura/oauth/v2/ext/oauth-token",
    revoke: "/sandbox/oura/oauth/v2/ext/oauth-revoke",
  },
  legacy: {
    authorize: "/sandbox/oura/oauth/authorize",
    token: "/sandbox/oura/oauth/token",
    revoke: "/sandbox/oura/oauth/revoke",
  },
} as const;
export type Generation = keyof typeof ADDRESSES;
export const CLIENT = { client_id: "sandbox", client_secret: "sandbox-secret" };

export const tokenResponse = z.object({
  token_type: z.literal("bearer"),
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  scope: z.string(),
  id_token: z.null(),
});

export function authorizeAddress(generation: Generation, parameters: Record<string, string> = {}): string {
  const query = { response_type: "code", client_id: "sandbox", redirect_uri: REDIRECT, state: "s1", ...parameters };
  return `${ORIGIN}${ADDRESSES[generation].authorize}?${new URLSearchParams(query)}`;
}

/** Opens the permission page and presses a button; by default all its checkboxes are ticked. */
export async function decide(
  { app }: OpenSimulator,
  address: string,
  choice: { person?: string; ticked?: string[]; decision?: "allow" | "deny" } = {},
): Promise<URL> {
  const page = await (await app.request(address)).text();
  const ticked = choice.ticked ?? boxesOn(page).map(({ scope }) => scope);
  const form = new URLSearchParams({ person: choice.person ?? "everyday", decision: choice.decision ?? "allow" });
  for (const scope of ticked) form.append("scope", scope);
  const response = await app.request(address, { method: "POST", body: form });
  if (response.status !== 302) throw new Error(`expected a redirect, got ${response.status}`);
  return new URL(response.headers.get("location") ?? "");
}

/** The checkboxes of the permission page with their labels. */
export function boxesOn(page: string): { scope: string; label: string }[] {
  const boxes = page.matchAll(
    /<label class="permission"><input type="checkbox" name="scope" value="(\w+)" checked>([^<]+)<\/label>/g,
  );
  return [...boxes].map(([, scope = "", label = ""]) => ({ scope, label }));
}

export async function postToken(
  { app }: OpenSimulator,
  generation: Generation,
  form: Record<string, string>,
): Promise<Response> {
  return app.request(ORIGIN + ADDRESSES[generation].token, { method: "POST", body: new URLSearchParams(form) });
}

export function exchange(
  simulator: OpenSimulator,
  generation: Generation,
  code: string | null,
  extra: Record<string, string> = {},
): Promise<Response> {
  const form = { grant_type: "authorization_code", code: code ?? "", redirect_uri: REDIRECT, ...CLIENT, ...extra };
  return postToken(simulator, generation, form);
}

export function refresh(
  simulator: OpenSimulator,
  generation: Generation,
  refreshToken: string,
  client: Record<string, string> = CLIENT,
): Promise<Response> {
  return postToken(simulator, generation, { grant_type: "refresh_token", refresh_token: refreshToken, ...client });
}

/** Authorizes on the permission page and exchanges the code for tokens. */
export async function connect(simulator: OpenSimulator, generation: Generation, person = "everyday") {
  const address = authorizeAddress(generation, { scope: "extapi:daily extapi:heartrate" });
  const code = (await decide(simulator, address, { person })).searchParams.get("code");
  return tokenResponse.parse(await (await exchange(simulator, generation, code)).json());
}
