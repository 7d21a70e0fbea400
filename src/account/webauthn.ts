/**
 * The WebAuthn library. Import this file dynamically, and only when a passkey is created or used. The library builds
 * large tables for certificates and ASN.1 when it is loaded. If it were loaded when an isolate of the worker starts,
 * these tables would take a third of the starting time. No MCP request needs them.
 */
export {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
