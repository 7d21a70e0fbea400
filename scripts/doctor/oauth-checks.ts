import { z } from "zod";
import { broken, type Check, fine, warning } from "./check.ts";

const resourceMetadata = z.object({ resource: z.string(), authorization_servers: z.array(z.string()).min(1) });
const serverMetadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  registration_endpoint: z.string().optional(),
  code_challenge_methods_supported: z.array(z.string()).default([]),
  token_endpoint_auth_methods_supported: z.array(z.string()).default([]),
  client_id_metadata_document_supported: z.boolean().default(false),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
});

/** Checks of what assistants read before sign-in. They compare addresses as exact strings. */
export const oauthChecks: readonly Check[] = [
  {
    name: "MCP endpoint without a token",
    async run({ origin, ask }) {
      const response = await ask("/mcp", { method: "POST", body: "{}" });
      if (response?.status !== 401)
        return broken(
          `answers ${response?.status ?? "nothing"}, not 401`,
          "Check that no proxy in front of the worker answers /mcp.",
        );
      const challenge = response.headers.get("www-authenticate") ?? "";
      return challenge.includes(`resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`)
        ? fine("401, and names the resource metadata")
        : broken("its challenge names no metadata of this address", "Check PUBLIC_URL, and proxies that drop headers.");
    },
  },
  {
    name: "resource metadata",
    async run({ origin, ask }) {
      const response = await ask("/.well-known/oauth-protected-resource/mcp");
      const parsed = resourceMetadata.safeParse(await response?.json().catch(() => null));
      if (!parsed.success)
        return broken("cannot be read", "Check that no proxy in front of the worker answers /.well-known.");
      const { resource, authorization_servers } = parsed.data;
      return resource === `${origin}/mcp` && authorization_servers[0] === origin
        ? fine(resource)
        : broken(`names ${resource}`, `Set PUBLIC_URL to ${origin}, the address people add.`);
    },
  },
  {
    name: "authorization server metadata",
    async run({ origin, ask }) {
      const response = await ask("/.well-known/oauth-authorization-server");
      const parsed = serverMetadata.safeParse(await response?.json().catch(() => null));
      if (!parsed.success)
        return broken("cannot be read", "Check that no proxy in front of the worker answers /.well-known.");
      const found = parsed.data;
      if (found.issuer !== origin) return broken(`its issuer is ${found.issuer}`, `Set PUBLIC_URL to ${origin}.`);
      const lacks = [
        found.code_challenge_methods_supported.includes("S256") ? null : "PKCE with S256",
        found.token_endpoint_auth_methods_supported.includes("none") ? null : "public clients",
        found.authorization_response_iss_parameter_supported ? null : "iss in answers",
        found.registration_endpoint === undefined ? "client registration" : null,
      ].filter((part) => part !== null);
      if (lacks.length > 0)
        return broken(`lacks ${lacks.join(", ")}`, "Deploy this version again with `npm run deploy`.");
      if (!found.client_id_metadata_document_supported && new URL(origin).protocol === "http:")
        return fine(
          "S256, public clients, registration, iss; client metadata documents are not offered on this computer",
        );
      if (!found.client_id_metadata_document_supported)
        return warning(
          "client metadata documents are off",
          "Clients register instead. To turn them on, keep the compatibility flag global_fetch_strictly_public in wrangler.toml, and do not set CLIENT_DOCUMENTS to off.",
        );
      return fine("S256, public clients, registration, client metadata documents, iss");
    },
  },
];
