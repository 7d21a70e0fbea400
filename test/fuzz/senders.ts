import { exports } from "cloudflare:workers";
import { origin } from "../support/product.ts";

let addresses = 0;

/** A new IP address for every request, so that cases do not share a rate limit. */
function nextAddress(): string {
  addresses += 1;
  return `10.${100 + ((addresses >> 16) & 63)}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** A request as a browser sends it, with or without the cookies of a signed-in person. */
export function sendAs(cookies: string | null, path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("cf-connecting-ip", nextAddress());
  if (init.method === "POST" && !headers.has("origin")) headers.set("origin", origin);
  if (cookies !== null) headers.set("cookie", cookies);
  return exports.default.fetch(`${origin}${path}`, { ...init, headers, redirect: "manual" });
}
