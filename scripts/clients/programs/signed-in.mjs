// The part of an application around an MCP library: it keeps what the library gives it in a file, opens the browser, and
// listens for the answer.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const file = join(process.env.HOME ?? ".", "signed-in.json");
const port = Number(process.env.CALLBACK_PORT);
const redirectUrl = `http://127.0.0.1:${port}/callback`;

/**
 * Connects, and signs in first where that is needed.
 * @param name the application's name, as the consent page shows it
 * @param connect connects with an OAuth provider
 * @param finish exchanges the parameters of the callback for tokens
 */
export async function connectSignedIn(name, connect, finish) {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  let callback = null;
  const provider = {
    redirectUrl,
    clientMetadata: {
      client_name: name,
      redirect_uris: [redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
    state: () => keep("state", randomUUID()),
    storedState: () => kept.state,
    saveState: (state) => keep("state", state),
    clientInformation: () => kept.client,
    saveClientInformation: (client) => keep("client", client),
    isClientInformationDynamicallyRegistered: () => true,
    authorizationServerInformation: () => kept.server,
    saveAuthorizationServerInformation: (server) => keep("server", server),
    tokens: () => kept.tokens,
    saveTokens: (tokens) => keep("tokens", tokens),
    codeVerifier: () => kept.verifier,
    saveCodeVerifier: (verifier) => keep("verifier", verifier),
    invalidateCredentials(scope) {
      if (scope === "all" || scope === "tokens") keep("tokens", undefined);
      if (scope === "all" || scope === "client") keep("client", undefined);
    },
    redirectToAuthorization(address) {
      callback ??= awaitCallback();
      spawn(process.env.BROWSER, [String(address)], { stdio: "ignore" });
    },
  };
  try {
    return await connect(provider);
  } catch (error) {
    if (callback === null) throw error;
    await finish(provider, await callback);
    return connect(provider);
  }

  function keep(key, value) {
    kept[key] = value;
    writeFileSync(file, JSON.stringify(kept));
    return value;
  }
}

function awaitCallback() {
  return new Promise((resolve) => {
    const server = createServer((request, response) => {
      const url = new URL(request.url, redirectUrl);
      response.setHeader("content-type", "text/html").end("<h1>Back at the application</h1>");
      if (url.pathname !== "/callback") return;
      server.close();
      resolve(url.searchParams);
    }).listen(port, "127.0.0.1");
  });
}
