/**
 * The WebAuthn library. Import this file dynamically, and only when a passkey is created or used. The library's
 * certificate and ASN.1 tables take a third of an isolate's start-up time, and no MCP request needs them.
 */
export {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
