/**
 * The WebAuthn library. Import this file dynamically, and only when a passkey is created or used. Evaluating the
 * library's tables for certificates and ASN.1 would take a third of the time in which an isolate of the worker starts,
 * and no MCP request needs them.
 */
export {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
