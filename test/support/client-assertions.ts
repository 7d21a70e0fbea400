/** A client that proves itself with a key (`private_key_jwt`, RFC 7523), with its document at the test's network. */
export interface KeyedClient {
  clientId: string;
  /** A new assertion for the token endpoint. */
  assert(changes?: Record<string, unknown>): Promise<string>;
}

export const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** @param origin of the token endpoint; `keysAt` names an address of keys instead of putting them into the document */
export async function createKeyedClient(origin: string, now: () => number, keysAt?: string): Promise<KeyedClient> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const pair = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair; // an asymmetric key
  const { kty, crv, x, y } = (await crypto.subtle.exportKey("jwk", pair.publicKey)) as JsonWebKey; // as asked for
  const query: Record<string, string> = keysAt
    ? { jwks_uri: keysAt }
    : { jwks: encode({ keys: [{ kty, crv, x, y }] }) };
  const clientId = `https://assistant.test/keyed.json?${new URLSearchParams(query)}`;
  let made = 0;

  return {
    clientId,
    async assert(changes = {}) {
      made += 1;
      const seconds = Math.floor(now() / 1_000);
      const claims = { iss: clientId, sub: clientId, aud: origin, jti: `${clientId}-${made}`, exp: seconds + 300 };
      const input = `${encode({ alg: "ES256", typ: "JWT" })}.${encode({ ...claims, ...changes })}`;
      const signature = await crypto.subtle.sign(
        { name: "ECDSA", hash: "SHA-256" },
        pair.privateKey,
        new TextEncoder().encode(input),
      );
      return `${input}.${new Uint8Array(signature).toBase64({ alphabet: "base64url", omitPadding: true })}`;
    },
  };
}

function encode(value: unknown): string {
  return new TextEncoder().encode(JSON.stringify(value)).toBase64({ alphabet: "base64url", omitPadding: true });
}
