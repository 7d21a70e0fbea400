import { AsnIntegerArrayBufferConverter, AsnProp, AsnPropTypes } from "@peculiar/asn1-schema";

/**
 * Stands in for the WebAuthn library's certificate packages when the worker is bundled (`[alias]` in wrangler.toml): they
 * are a tenth of it. Certificates occur only in attestations, which are never asked for (`attestation: "none"`); a passkey
 * that brings one all the same is refused, because whatever would read it throws. What stays is the one structure that
 * every signature of an elliptic curve comes in.
 */

/** An ECDSA signature as ASN.1 writes it (RFC 3279 §2.2.3). */
export class ECDSASigValue {
  r = new ArrayBuffer(0);
  s = new ArrayBuffer(0);
}
for (const part of ["r", "s"]) {
  AsnProp({ type: AsnPropTypes.Integer, converter: AsnIntegerArrayBufferConverter })(ECDSASigValue.prototype, part);
}

class NeverRead {
  constructor() {
    throw new Error("Certificates are not read here.");
  }
}

export {
  NeverRead as AuthorityKeyIdentifierExtension,
  NeverRead as BasicConstraints,
  NeverRead as Certificate,
  NeverRead as CRLDistributionPointsExtension,
  NeverRead as ECParameters,
  NeverRead as ExtendedKeyUsage,
  NeverRead as KeyDescription,
  NeverRead as RSAPublicKey,
  NeverRead as SubjectAlternativeName,
  NeverRead as SubjectKeyIdentifierExtension,
  NeverRead as X509Certificate,
  NeverRead as X509ChainBuilder,
  NeverRead as X509Crl,
};

/** Names of algorithms and extensions in certificates: nothing is ever compared with them. */
const unused = "";

export {
  unused as id_ce_basicConstraints,
  unused as id_ce_extKeyUsage,
  unused as id_ce_keyDescription,
  unused as id_ce_subjectAltName,
  unused as id_ecdsaWithSHA256,
  unused as id_ecdsaWithSHA384,
  unused as id_ecdsaWithSHA512,
  unused as id_ecPublicKey,
  unused as id_ml_dsa_44,
  unused as id_ml_dsa_65,
  unused as id_ml_dsa_87,
  unused as id_rsaEncryption,
  unused as id_secp256r1,
  unused as id_secp384r1,
  unused as id_sha1WithRSAEncryption,
  unused as id_sha256WithRSAEncryption,
  unused as id_sha384WithRSAEncryption,
  unused as id_sha512WithRSAEncryption,
};
