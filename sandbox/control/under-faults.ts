import { tooManyRequests } from "../api/problems.ts";
import { readRateLimits } from "../api/rate-limits.ts";
import { revokeGrantsOf } from "../oauth/grants.ts";
import type { World } from "../world.ts";
import { type Fault, fire, matchingFaults } from "./faults.ts";

export interface Circumstances {
  lapsed: boolean;
}

/** Answers with `respond` unless a fault that a test has set for this person and route says otherwise. */
export async function underFaults(
  world: World,
  where: { person: string | null; route: string },
  respond: (circumstances: Circumstances) => Promise<Response>,
): Promise<Response> {
  let lapsed = false;
  const afterwards: ((response: Response) => Promise<Response>)[] = [];
  for (const fault of await matchingFaults(world.store, where.person, where.route)) {
    if (!(await fire(world.store, fault.id))) continue;
    switch (fault.kind) {
      case "latency":
        await wait(fault.ms);
        break;
      case "timeout":
        await wait(fault.ms);
        return gatewayError(504);
      case "revoked_grant":
        if (where.person !== null) await revokeGrantsOf(world.store, where.person);
        break;
      case "lapsed_membership":
        lapsed = true;
        break;
      case "malformed":
        afterwards.push(cutShort);
        break;
      case "lost_answer":
        afterwards.push(async () => gatewayError(504));
        break;
      case "server_error":
        return gatewayError(fault.status);
      case "rate_limited":
        return rateLimited(world, fault);
      case "html":
        return new Response("<!doctype html><html><title>Sign in to this network</title></html>", {
          headers: { "content-type": "text/html; charset=utf-8" },
        });
    }
  }
  let response = await respond({ lapsed });
  for (const change of afterwards) response = await change(response);
  return response;
}

async function rateLimited(world: World, fault: Fault & { kind: "rate_limited" }): Promise<Response> {
  const limits = await readRateLimits(world.store);
  const { limit, windowSeconds } = limits[fault.tier];
  const now = await world.now();
  return tooManyRequests({ tier: fault.tier, limit, windowSeconds, retryAfterSeconds: fault.retryAfter, now });
}

/** Five hundreds come from a proxy and are not JSON. */
function gatewayError(status: number): Response {
  return new Response(`<html><head><title>${status}</title></head><body><h1>${status} error</h1></body></html>`, {
    status,
    headers: { "content-type": "text/html" },
  });
}

async function cutShort(response: Response): Promise<Response> {
  const text = await response.text();
  return new Response(text.slice(0, Math.floor(text.length / 2)) || null, response);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
