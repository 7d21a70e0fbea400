import { exports } from "cloudflare:workers";
import { origin } from "../support/product.ts";

let addresses = 0;

/** An address of its own for every request, so that no case meets the rate limit of another. */
function nextAddress(): string {
  addresses += 1;
  return `10.${100 + ((addresses >> 16) & 63)}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** A request as a browser sends it, with the cookies of somebody signed in, or of nobody. */
export function sendAs(cookies: string | null, path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("cf-connecting-ip", nextAddress());
  if (init.method === "POST" && !headers.has("origin")) headers.set("origin", origin);
  if (cookies !== null) headers.set("cookie", cookies);
  return exports.default.fetch(`${origin}${path}`, { ...init, headers, redirect: "manual" });
}
