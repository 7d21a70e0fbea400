import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { describe, expect, it } from "vitest";
import { createSoftwarePasskey, type Misbehaviour } from "../../sandbox/software-passkey.ts";

const site = { origin: "https://ringbridge.example", id: "ringbridge.example" };
const userHandle = new Uint8Array([1, 2, 3, 4]);

describe("the software passkey", () => {
  it("is accepted repeatedly by the product's verification library, with its user handle", async () => {
    const passkey = createSoftwarePasskey(site);
    const credential = await registered(passkey);
    const first = await signIn(passkey, credential);
    expect(first.response.response.userHandle).toBe("AQIDBA");
    const second = await signIn(passkey, { ...credential, counter: first.counter });
    expect(second.counter).toBeGreaterThan(first.counter);
  });

  it.each<[string, Misbehaviour]>([
    ["another site", { origin: "https://ringbridge.example.net" }],
    ["another challenge", { challenge: "bm90IHRoaXMgb25l" }],
    ["no user verification", { skipsVerification: true }],
    ["a counter that goes back", { countsBackwards: true }],
  ])("is refused with %s", async (_, misbehaviour) => {
    const passkey = createSoftwarePasskey(site);
    const credential = await registered(passkey);
    await expect(signIn(passkey, credential, misbehaviour)).rejects.toThrow();
  });
});

type Passkey = ReturnType<typeof createSoftwarePasskey>;
type Credential = Parameters<typeof verifyAuthenticationResponse>[0]["credential"];

async function registered(passkey: Passkey): Promise<Credential> {
  const options = await generateRegistrationOptions({ rpName: "", rpID: site.id, userName: "", userID: userHandle });
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: await passkey.create(options),
    expectedChallenge: options.challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
  });
  if (!verified) throw new Error("not verified");
  return registrationInfo.credential;
}

async function signIn(passkey: Passkey, credential: Credential, misbehaviour?: Misbehaviour) {
  const options = await generateAuthenticationOptions({ rpID: site.id });
  const response = await passkey.get(options, misbehaviour);
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: options.challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    credential,
  });
  if (!verified) throw new Error("not verified");
  return { response, counter: authenticationInfo.newCounter };
}
