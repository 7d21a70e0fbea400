import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { origin } from "../support/product.ts";
import { takeUnknownHosts } from "../support/unknown-hosts.ts";
import { fetchWith } from "../support/wire.ts";

const path = "/.well-known/oauth-authorization-server";
const document = "https://assistant.test/client.json";
const off = { CLIENT_DOCUMENTS: "off" };

function askForToken(clientId: string): Request {
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: "a:b:c", client_id: clientId });
  return new Request(`${origin}/oauth/token`, { method: "POST", body });
}

async function offersDocuments(settings: Record<string, string>, site: string): Promise<unknown> {
  const response = await fetchWith(settings, new Request(`${site}${path}`));
  const metadata = await response.json<Record<string, unknown>>();
  expect(metadata.registration_endpoint).toBe(`${site}/oauth/register`);
  return metadata.client_id_metadata_document_supported;
}

describe("documents of clients", () => {
  it("are offered by a public server, not on this computer, and not when they are switched off", async () => {
    const site = "https://bridge.test";
    expect(await offersDocuments({ PUBLIC_URL: site }, site)).toBe(true);
    expect(await offersDocuments({ PUBLIC_URL: site, ...off }, site)).toBe(false);
    expect(await offersDocuments({}, origin)).toBe(false);
  });

  it("that cannot be read leave the sign-in of a client as it is: the token endpoint asks to try again", async () => {
    const response = await exports.default.fetch(askForToken("https://assistant.test/missing.json"));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(await response.json()).toEqual({
      error: "temporarily_unavailable",
      error_description: expect.stringContaining("could not be read just now. The access is kept."),
    });
    await takeUnknownHosts(); // clear the list: the missing document was requested on purpose
  });

  it("that cannot be read get a page that says what to do", async () => {
    const query = new URLSearchParams({ client_id: "https://assistant.test/missing.json", response_type: "code" });
    const response = await exports.default.fetch(`${origin}/authorize?${query}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(
      /could not be read.*connect again in a few minutes.*can connect without a document on the web/s,
    );
    await takeUnknownHosts(); // as above
  });
});

describe("documents of clients that are switched off", () => {
  it("are not fetched, and the person is told what to do", async () => {
    const query = new URLSearchParams({ client_id: document, response_type: "code" });
    const response = await fetchWith(off, new Request(`${origin}/authorize?${query}`));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Remove this service from your assistant and add this service again");
    expect(await takeUnknownHosts()).toEqual([]);
  });

  it("are told to a client that refreshes, so that it signs in again", async () => {
    const response = await fetchWith(off, askForToken(document));
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: "invalid_client",
      error_description: expect.stringContaining("Sign in again. Your client then registers with this server instead."),
    });
    expect(await takeUnknownHosts()).toEqual([]);
  });
});
