import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { isoBase64URL, isoCBOR, isoUint8Array } from "@simplewebauthn/server/helpers";

/** Faults of an authenticator, each of which the product must refuse. */
export interface Misbehaviour {
  origin?: string;
  challenge?: string;
  relyingPartyId?: string;
  skipsVerification?: boolean;
  /** Decreases its signature counter, like a cloned authenticator. */
  countsBackwards?: boolean;
  /** Reports the signature counter of its last use again. */
  repeatsCount?: boolean;
  /** Reports a signature counter of 0, like a passkey that moved to a service that synchronises it. */
  countsNothing?: boolean;
  userHandle?: string;
}

/** The WebAuthn options that decide what the passkey signs. */
interface CreationOptions {
  challenge: string;
  rp: { id?: string };
  user: { id: string };
}

interface RequestOptions {
  challenge: string;
  rpId?: string;
}

export interface SoftwarePasskey {
  /** The result of `navigator.credentials.create()`, as JSON. */
  create(options: CreationOptions, misbehaviour?: Misbehaviour): Promise<RegistrationResponseJSON>;
  /** The result of `navigator.credentials.get()`, as JSON, signed by the newest passkey. */
  get(options: RequestOptions, misbehaviour?: Misbehaviour): Promise<AuthenticationResponseJSON>;
}

/** Flags of the authenticator data, WebAuthn Level 3 §6.1. */
const flags = { userPresent: 0x01, userVerified: 0x04, attestedCredentialData: 0x40 };
const es256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

const { concat, fromUTF8String } = isoUint8Array;
const { fromBuffer: base64url } = isoBase64URL;

type Bytes = Uint8Array<ArrayBuffer>;

interface Credential {
  id: Bytes;
  userHandle: string;
  privateKey: CryptoKey;
}

/**
 * A software authenticator for scripts and tests: discoverable ES256 passkeys, no attestation, user always verified. It
 * uses only Web Crypto, so it runs in Node and in the Workers runtime.
 */
export function createSoftwarePasskey({ origin }: { origin: string }): SoftwarePasskey {
  let credential: Credential | null = null;
  let counter = 0;

  function nextCounter({ countsBackwards, repeatsCount, countsNothing }: Misbehaviour): number {
    if (repeatsCount) return counter;
    if (countsNothing) counter = -1;
    counter += countsBackwards ? -1 : 1;
    return Math.max(counter, 0);
  }

  return {
    async create(options, misbehaviour = {}) {
      // Web Crypto returns a single key only for symmetric algorithms; the types do not express this.
      const pair = (await crypto.subtle.generateKey(es256, false, ["sign", "verify"])) as CryptoKeyPair;
      const id = crypto.getRandomValues(new Uint8Array(32));
      credential = { id, userHandle: options.user.id, privateKey: pair.privateKey };
      const head = await authenticatorHead(
        misbehaviour.relyingPartyId ?? options.rp.id ?? new URL(origin).hostname,
        flags.attestedCredentialData,
        nextCounter(misbehaviour),
        misbehaviour,
      );
      const authData = concat([head, await attestedCredentialData(id, pair.publicKey)]);
      const attestationObject = isoCBOR.encode(
        new Map<string, string | Uint8Array | Map<string, string>>([
          ["fmt", "none"],
          ["attStmt", new Map<string, string>()],
          ["authData", authData],
        ]),
      );
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: "public-key",
        authenticatorAttachment: "platform",
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData("webauthn.create", options.challenge, origin, misbehaviour)),
          attestationObject: base64url(attestationObject),
          transports: ["internal"],
        },
      };
    },

    async get(options, misbehaviour = {}) {
      if (credential === null) throw new Error("This authenticator has no passkey yet.");
      const { id, userHandle, privateKey } = credential;
      const relyingParty = misbehaviour.relyingPartyId ?? options.rpId ?? new URL(origin).hostname;
      const authData = await authenticatorHead(relyingParty, 0, nextCounter(misbehaviour), misbehaviour);
      const client = clientData("webauthn.get", options.challenge, origin, misbehaviour);
      const signed = concat([authData, await sha256(client)]);
      const signature = new Uint8Array(await crypto.subtle.sign(es256, privateKey, signed));
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: "public-key",
        authenticatorAttachment: "platform",
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(authData),
          signature: base64url(derSignature(signature)),
          userHandle: misbehaviour.userHandle ?? userHandle,
        },
      };
    },
  };
}

function clientData(
  type: "webauthn.create" | "webauthn.get",
  challenge: string,
  origin: string,
  misbehaviour: Misbehaviour,
): Bytes {
  const { origin: signedOrigin = origin, challenge: signedChallenge = challenge } = misbehaviour;
  const data = { type, challenge: signedChallenge, origin: signedOrigin, crossOrigin: false };
  return fromUTF8String(JSON.stringify(data));
}

/** Hash of the relying party's id, flags, counter: WebAuthn Level 3 §6.1. */
async function authenticatorHead(
  relyingPartyId: string,
  extraFlags: number,
  count: number,
  { skipsVerification = false }: Misbehaviour,
): Promise<Bytes> {
  const rest = new DataView(new ArrayBuffer(5));
  rest.setUint8(0, flags.userPresent | (skipsVerification ? 0 : flags.userVerified) | extraFlags);
  rest.setUint32(1, count);
  return concat([await sha256(fromUTF8String(relyingPartyId)), new Uint8Array(rest.buffer)]);
}

/** No model (16 zero bytes), the credential's id with its length, the public key in COSE: §6.5.1. */
async function attestedCredentialData(id: Bytes, publicKey: CryptoKey): Promise<Bytes> {
  const exported = await crypto.subtle.exportKey("raw", publicKey);
  if (!(exported instanceof ArrayBuffer)) throw new TypeError("A raw key is bytes.");
  const point = new Uint8Array(exported); // 0x04, x, y
  const coseKey = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2], // kty: EC2
      [3, -7], // alg: ES256
      [-1, 1], // crv: P-256
      [-2, point.slice(1, 33)],
      [-3, point.slice(33)],
    ]),
  );
  return concat([new Uint8Array(16), Uint8Array.of(0, id.byteLength), id, coseKey]);
}

/**
 * Web Crypto signs as r ‖ s; WebAuthn wants ASN.1: SEQUENCE { INTEGER r, INTEGER s }, each positive and of minimal
 * length.
 */
function derSignature(raw: Bytes): Bytes {
  const integer = (bytes: Bytes): Bytes => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const shortest = bytes.slice(Math.max(first, 0));
    const positive = (shortest[0] ?? 0) > 127 ? concat([Uint8Array.of(0), shortest]) : shortest;
    return concat([Uint8Array.of(0x02, positive.byteLength), positive]);
  };
  const body = concat([integer(raw.slice(0, 32)), integer(raw.slice(32))]);
  return concat([Uint8Array.of(0x30, body.byteLength), body]);
}

async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
