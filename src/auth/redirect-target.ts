/**
 * Where a client's redirect address leads: to a site, to a program on this computer (http on a loopback host), or to an
 * app that opens addresses of its own scheme (RFC 8252 §7.1). Any app on a device may claim a scheme, so only those of
 * known hosts are accepted, and a code is worth nothing without the verifier of the program that asked for it (PKCE).
 */

/** The names of the apps, by scheme. */
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

/** What is accepted, for the person and for the program that registers. */
export const acceptedTargets = `an https address, a program on this computer (http://localhost or http://127.0.0.1), or an app that is known here: ${new Intl.ListFormat("en", { type: "disjunction" }).format(apps.values())}`;

/** The app that an address leads to; null when it leads to a site or to a program on this computer. */
export function appOf(address: string): { name: string; scheme: string } | null {
  const scheme = schemeOf(address);
  const name = apps.get(scheme);
  return name === undefined ? null : { name, scheme };
}

/** Whether access may be sent to addresses of this kind. Whether the client registered the address is asked elsewhere. */
export function isAcceptedTarget(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol === "http:") return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url !== null && (url.protocol === "https:" || appOf(address) !== null);
}

/** The scheme without its colon, which has letters, digits, "+", "." and "-" only; cut, because it is shown. */
export function schemeOf(address: string): string {
  return (URL.parse(address)?.protocol ?? "").slice(0, -1).slice(0, 40);
}

/** Where access goes, in a few words: a host, or an app by name and scheme. */
export function describeTarget(address: string, host: string): string {
  const app = appOf(address);
  return app === null ? host : `the app that opens ${app.scheme}: addresses (${app.name})`;
}

/** A client asks for a redirect to an address of a kind that is not accepted. */
export class UnacceptedTargetError extends Error {
  override name = "UnacceptedTargetError" as const;
  readonly scheme: string;

  constructor(address: string) {
    super("the redirect address is of a kind that is not accepted");
    this.scheme = schemeOf(address);
  }
}

/** Throws for an address that {@link isAcceptedTarget} refuses. An address that cannot be read passes: it is refused as unregistered. */
export function expectAcceptedTarget(address: string): void {
  if (URL.canParse(address) && !isAcceptedTarget(address)) throw new UnacceptedTargetError(address);
}
