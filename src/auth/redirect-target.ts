import { hasPlainHost } from "./client-document.ts";

/**
 * Checks where a client's redirect address leads: to a site, to a program on this computer (http on a loopback host),
 * or to an app that opens addresses of its own scheme (RFC 8252 §7.1). Any app on a device can claim any scheme, so
 * only the schemes of known apps are accepted. A hostile app can also claim the scheme of a known app, and then it may
 * receive an authorization code. PKCE still protects the person: only the app that started the request can use the
 * code.
 */

/**
 * The apps that may get an authorization code through a URL scheme of their own. The key is the scheme, and the value
 * is the name shown to people.
 */
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

export const acceptedTargets = `an https address, a program on this computer (http://localhost or http://127.0.0.1), or an app that this service knows: ${new Intl.ListFormat("en", { type: "disjunction" }).format(apps.values())}`;

/**
 * Returns the app to which a redirect address leads. Null when the address leads to a site or to a program on this
 * computer.
 */
export function appOf(address: string): { name: string; scheme: string } | null {
  const scheme = schemeOf(address);
  const name = apps.get(scheme);
  return name === undefined ? null : { name, scheme };
}

/** Whether a redirect address is of an accepted kind. This does not check whether the client has registered it. */
export function isAcceptedTarget(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol === "http:") return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url !== null && (url.protocol === "https:" || appOf(address) !== null);
}

/**
 * Returns the scheme of an address without its colon. Pages show the scheme, so it is cut to 40 characters. URL parsing
 * allows only letters, digits, "+", "." and "-" in a scheme.
 */
export function schemeOf(address: string): string {
  return (URL.parse(address)?.protocol ?? "").slice(0, -1).slice(0, 40);
}

export function describeTarget(address: string, host: string): string {
  const app = appOf(address);
  return app === null ? host : `the app that opens ${app.scheme}: addresses (${app.name})`;
}

/** What the content security policy of a page must allow (`form-action`), so that a form can lead to `address`. */
export function formTargetsOf(address: string): string[] {
  const app = appOf(address);
  if (app !== null) return [`${app.scheme}:`];
  const origin = hasPlainHost(address) ? URL.parse(address)?.origin : null;
  return origin && origin !== "null" ? [origin] : [];
}

export class UnacceptedTargetError extends Error {
  override name = "UnacceptedTargetError" as const;
  readonly scheme: string;

  constructor(address: string) {
    super("the redirect address is of a kind that is not accepted");
    this.scheme = schemeOf(address);
  }
}

/**
 * Throws if {@link isAcceptedTarget} refuses the address. A text that is no address passes: the OAuth provider refuses
 * it later, because no client has registered it.
 */
export function expectAcceptedTarget(address: string): void {
  if (URL.canParse(address) && !isAcceptedTarget(address)) throw new UnacceptedTargetError(address);
}
