/**
 * The WebAuthn library, to be imported when a passkey is made or used and never at start-up: its certificate and ASN.1
 * tables take a third of the time a new isolate needs, and no MCP request touches them.
 */
export {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
