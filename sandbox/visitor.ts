/** A person's browser, over plain HTTP: it keeps cookies, sends the `origin` of forms, and follows no redirects. */
export interface Visitor {
  readonly origin: string;
  /** GET of a page; paths are on the visitor's site. */
  open(address: string): Promise<Response>;
  submitForm(address: string, form: URLSearchParams): Promise<Response>;
  postJson(address: string, body: unknown): Promise<Response>;
  /** The current `cookie` header for the site. */
  cookies(): string;
}

interface VisitorOptions {
  origin: string;
  /** IP address sent in a header, for sites that trust it; default: the connection's address. */
  address?: string;
  fetch?: typeof globalThis.fetch;
}

/** Why a walk through the pages cannot continue, in words for the user. */
export class WalkError extends Error {
  override name = "WalkError" as const;
}

export function createVisitor({ origin, address, fetch = globalThis.fetch }: VisitorOptions): Visitor {
  /** Cookies by host: the simulator may be on another host, and gets none of the product's cookies. */
  const jars = new Map<string, Map<string, string>>();

  async function send(target: string, method: string, headers: Record<string, string>, body: string | null) {
    const url = new URL(target, origin);
    const jar = jars.get(url.host) ?? new Map<string, string>();
    jars.set(url.host, jar);
    const cookie = writeJar(jar);
    const response = await fetch(url.href, {
      method,
      redirect: "manual",
      body,
      headers: { ...headers, ...(cookie && { cookie }), ...(address && { "cf-connecting-ip": address }) },
    });
    keepCookies(jar, response);
    if (response.status === 429) {
      throw new WalkError(`Too many attempts from this address in a minute (429 at ${url.pathname}). Wait a minute.`);
    }
    return response;
  }

  /** The `origin` header browsers send with a form. The site uses it to refuse other sites' forms. */
  const originOf = (target: string) => ({ origin: new URL(target, origin).origin });

  return {
    origin,
    open: (target) => send(target, "GET", { accept: "text/html" }, null),
    submitForm: (target, form) =>
      send(target, "POST", { ...originOf(target), "content-type": "application/x-www-form-urlencoded" }, `${form}`),
    postJson: (target, body) =>
      send(
        target,
        "POST",
        { ...originOf(target), accept: "application/json", "content-type": "application/json" },
        JSON.stringify(body),
      ),
    cookies: () => writeJar(jars.get(new URL(origin).host) ?? new Map()),
  };
}

function writeJar(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** Stores name and value; an expired cookie is deleted. Other attributes do not matter on one host. */
function keepCookies(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^\s*([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (/;\s*max-age=(0|-\d+)\b/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
}
