import { AsnIntegerArrayBufferConverter, AsnProp, AsnPropTypes } from "@peculiar/asn1-schema";

/**
 * When the worker is bundled, this file replaces the packages with which the WebAuthn library parses certificates
 * (`[alias]` in wrangler.toml). These packages would be a tenth of the bundle. They are not needed, because
 * certificates occur only in attestations, and this service requests none (`attestation: "none"`). If a browser sends
 * an attestation certificate all the same, the passkey is rejected, because the class that would parse the certificate
 * throws. Only the class for ECDSA signatures works, because every elliptic-curve passkey uses it.
 */

/** An ECDSA signature in ASN.1 (RFC 3279 §2.2.3). */
export class ECDSASigValue {
  r = new ArrayBuffer(0);
  s = new ArrayBuffer(0);
}
for (const part of ["r", "s"]) {
  AsnProp({ type: AsnPropTypes.Integer, converter: AsnIntegerArrayBufferConverter })(ECDSASigValue.prototype, part);
}

class UnsupportedCertificate {
  constructor() {
    throw new Error("Certificates are not read here.");
  }
}

export {
  UnsupportedCertificate as AuthorityKeyIdentifierExtension,
  UnsupportedCertificate as BasicConstraints,
  UnsupportedCertificate as Certificate,
  UnsupportedCertificate as CRLDistributionPointsExtension,
  UnsupportedCertificate as ECParameters,
  UnsupportedCertificate as ExtendedKeyUsage,
  UnsupportedCertificate as KeyDescription,
  UnsupportedCertificate as RSAPublicKey,
  UnsupportedCertificate as SubjectAlternativeName,
  UnsupportedCertificate as SubjectKeyIdentifierExtension,
  UnsupportedCertificate as X509Certificate,
  UnsupportedCertificate as X509ChainBuilder,
  UnsupportedCertificate as X509Crl,
};

/**
 * The WebAuthn library imports identifiers of algorithms and of certificate extensions. This value stands for each of
 * these identifiers. The code that would compare the identifiers never runs.
 */
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
