import { AsnParser } from "@peculiar/asn1-schema";
import { expect, it } from "vitest";
import { Certificate, ECDSASigValue, X509Certificate } from "../../src/account/without-certificates.ts";

const der = Uint8Array.from([0x30, 0x07, 0x02, 0x02, 0x00, 0x81, 0x02, 0x01, 0x05]);

it("reads the two numbers of an elliptic curve's signature", () => {
  const { r, s } = AsnParser.parse(der, ECDSASigValue);
  expect([...new Uint8Array(r)]).toEqual([0x00, 0x81]);
  expect([...new Uint8Array(s)]).toEqual([0x05]);
});

it("refuses a signature that is truncated or malformed", () => {
  expect(() => AsnParser.parse(der.slice(0, 6), ECDSASigValue)).toThrow();
  expect(() => AsnParser.parse(Uint8Array.from([0x04, 0x01, 0x05]), ECDSASigValue)).toThrow();
});

it("cannot read certificates: attestation that needs one fails", () => {
  expect(() => new X509Certificate()).toThrow("Certificates are not read here.");
  expect(() => AsnParser.parse(der, Certificate)).toThrow();
});
