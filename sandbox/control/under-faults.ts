import { missingScope, tooManyRequests } from "../api/problems.ts";
import { readRateLimits } from "../api/rate-limits.ts";
import { revokeGrantsOf } from "../oauth/grants.ts";
import { refuseClient } from "../oauth/token-endpoint.ts";
import type { Scope } from "../scopes.ts";
import type { World } from "../world.ts";
import { BREAK_HEADER, breakOff, stall } from "./broken-answers.ts";
import { changeJson, endlessPages, manyRows } from "./changed-answers.ts";
import { type Fault, fire, matchingFaults } from "./faults.ts";
import { surprise } from "./schema-surprises.ts";

export interface Circumstances {
  lapsed: boolean;
  /** Answer every page request with the first page. */
  ignoresNextToken: boolean;
}

type Change = (response: Response) => Promise<Response>;

/** Answers with `respond` unless a test has set a fault for this person and route. */
export async function underFaults(
  world: World,
  where: { person: string | null; route: string; scope?: Scope | null },
  respond: (circumstances: Circumstances) => Promise<Response>,
): Promise<Response> {
  const circumstances: Circumstances = { lapsed: false, ignoresNextToken: false };
  // Order: changes of the JSON body first, then very long bodies (which are streams), then broken connections.
  const changes: Change[] = [];
  const lengthenings: Change[] = [];
  const breaks: Change[] = [];
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
        circumstances.lapsed = true;
        break;
      case "narrowed_scopes":
        if (where.scope && fault.scopes.includes(where.scope)) return missingScope(where.scope);
        break;
      case "unnamed_scopes":
        changes.push(withoutScope);
        break;
      case "reset":
        if (fault.when === "before") return new Response(null, { status: 502, headers: { [BREAK_HEADER]: "before" } });
        breaks.push(breakOff);
        break;
      case "stalled":
        breaks.push((response) => stall(response, fault.ms));
        break;
      case "wrong_body":
        changes.push(
          async (response) =>
            new Response(fault.body ?? response.body, {
              status: response.status,
              headers: { "content-type": fault.contentType },
            }),
        );
        break;
      case "surprise":
        changes.push((response) => changeJson(response, (body) => surprise(body, fault.surprise, fault)));
        break;
      case "endless_pages":
        circumstances.ignoresNextToken = true;
        changes.push((response) => changeJson(response, (body) => endlessPages(body, fault.token)));
        break;
      case "many_rows":
        lengthenings.push((response) => manyRows(response, fault.rows));
        break;
      case "malformed":
        changes.push(cutShort);
        break;
      case "lost_answer":
        changes.push(async () => gatewayError(504));
        break;
      case "server_error":
        return gatewayError(fault.status);
      case "refused_app":
        return refuseClient(fault.status === 401 ? "new" : "legacy", true).response;
      case "rate_limited":
        return rateLimited(world, fault);
      case "html":
        return new Response("<!doctype html><html><title>Sign in to this network</title></html>", {
          headers: { "content-type": "text/html; charset=utf-8" },
        });
    }
  }
  let response = await respond(circumstances);
  for (const change of [...changes, ...lengthenings, ...breaks]) response = await change(response);
  return response;
}

async function rateLimited(world: World, fault: Fault & { kind: "rate_limited" }): Promise<Response> {
  const limits = await readRateLimits(world.store);
  const { limit, windowSeconds } = limits[fault.tier];
  const now = await world.now();
  return tooManyRequests({ tier: fault.tier, limit, windowSeconds, retryAfterSeconds: fault.retryAfter, now });
}

/** 5xx answers come from a proxy and are not JSON. */
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

/** Leaves out the `scope` of a token answer, and of the address of a redirect. */
async function withoutScope(response: Response): Promise<Response> {
  const location = response.headers.get("location");
  if (location !== null) {
    const address = new URL(location);
    address.searchParams.delete("scope");
    const headers = new Headers(response.headers);
    headers.set("location", address.href);
    return new Response(response.body, { status: response.status, headers });
  }
  return changeJson(response, (body) =>
    typeof body === "object" && body !== null && "access_token" in body ? { ...body, scope: undefined } : body,
  );
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
