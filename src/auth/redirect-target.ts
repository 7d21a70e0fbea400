/**
 * Checks where a client's redirect address leads. It may lead to a site, to a program on this computer (http on a
 * loopback host), or to an app that opens addresses of its own scheme (RFC 8252 §7.1). Any app on a device can claim
 * any scheme, so only the schemes of known apps are accepted. PKCE adds a second protection: an authorization code is
 * useless to an app that did not ask for it.
 */

/** The accepted apps: the scheme of their addresses, and the name shown to people. */
const apps: ReadonlyMap<string, string> = new Map([
  ["claude", "Claude"],
  ["cursor", "Cursor"],
  ["goose", "goose"],
  ["jetbrains", "JetBrains IDEs"],
  ["kiro", "Kiro"],
  ["lmstudio", "LM Studio"],
  ["raycast", "Raycast"],
  ["vscode", "VS Code"],
  ["vscode-insiders", "VS Code Insiders"],
  ["vscodium", "VSCodium"],
  ["warp", "Warp"],
  ["windsurf", "Windsurf"],
  ["zed", "Zed"],
]);

/** The kinds of accepted redirect addresses in words, for people and for programs that register. */
export const acceptedTargets = `an https address, a program on this computer (http://localhost or http://127.0.0.1), or an app that is known here: ${new Intl.ListFormat("en", { type: "disjunction" }).format(apps.values())}`;

/** The app that an address opens. Null when the address leads to a site or to a program on this computer. */
export function appOf(address: string): { name: string; scheme: string } | null {
  const scheme = schemeOf(address);
  const name = apps.get(scheme);
  return name === undefined ? null : { name, scheme };
}

/**
 * Whether authorization codes may be sent to an address of this kind. Other code checks whether the client has
 * registered the address.
 */
export function isAcceptedTarget(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol === "http:") return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url !== null && (url.protocol === "https:" || appOf(address) !== null);
}

/**
 * The scheme of an address without its colon. URL parsing allows only letters, digits, "+", "." and "-" in a scheme.
 * The scheme is cut to 40 characters, because pages show it.
 */
export function schemeOf(address: string): string {
  return (URL.parse(address)?.protocol ?? "").slice(0, -1).slice(0, 40);
}

/** Tells people where an authorization code is sent: a host name, or the name and scheme of an app. */
export function describeTarget(address: string, host: string): string {
  const app = appOf(address);
  return app === null ? host : `the app that opens ${app.scheme}: addresses (${app.name})`;
}

/** The error for a client whose redirect address is of a kind that is not accepted. */
export class UnacceptedTargetError extends Error {
  override name = "UnacceptedTargetError" as const;
  readonly scheme: string;

  constructor(address: string) {
    super("the redirect address is of a kind that is not accepted");
    this.scheme = schemeOf(address);
  }
}

/**
 * Throws for an address that {@link isAcceptedTarget} refuses. A text that is not an address passes this check, because
 * the OAuth provider later refuses it as an unregistered address.
 */
export function expectAcceptedTarget(address: string): void {
  if (URL.canParse(address) && !isAcceptedTarget(address)) throw new UnacceptedTargetError(address);
}
