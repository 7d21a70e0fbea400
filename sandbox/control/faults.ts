import { z } from "zod";
import { isScope } from "../scopes.ts";
import type { SimulatorStore } from "../store.ts";
import { SURPRISES } from "./schema-surprises.ts";

/** Route names a fault can be tied to besides the data routes. */
export const OAUTH_ROUTES = ["authorize", "token", "revoke"] as const;

/** `*` matches every person or route. */
const target = {
  person: z.string().default("*"),
  route: z.string().default("*"),
  /** How often the fault fires. Default: no limit. */
  times: z.int().positive().optional(),
  /** How many matching requests are answered normally before the fault fires. */
  after: z.int().nonnegative().default(0),
};
const milliseconds = z.int().nonnegative().max(600_000);

const faultSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("latency"), ms: milliseconds.default(1_000), ...target }),
  z.object({ kind: z.literal("server_error"), status: z.literal([500, 502, 503, 504]).default(500), ...target }),
  z.object({
    kind: z.literal("rate_limited"),
    tier: z.enum(["token", "application"]).default("token"),
    /** Seconds; `null` leaves the header out. */
    retryAfter: z.int().nonnegative().nullable().default(30),
    ...target,
  }),
  /**
   * Holds the connection, by default longer than any client waits, then answers 504 without doing what was requested.
   */
  z.object({ kind: z.literal("timeout"), ms: milliseconds.default(120_000), ...target }),
  /** Does what was requested and cuts the body in half. */
  z.object({ kind: z.literal("malformed"), ...target }),
  /** 200 with an HTML page, like a captive portal or a maintenance notice. */
  z.object({ kind: z.literal("html"), ...target }),
  /** Does what was requested but answers 504. A refresh token sent with the request is used up. */
  z.object({ kind: z.literal("lost_answer"), ...target }),
  /**
   * Breaks the connection: before the answer and without doing anything, or halfway through it after doing everything.
   */
  z.object({ kind: z.literal("reset"), when: z.enum(["before", "midway"]).default("midway"), ...target }),
  /** Does what was requested, sends half of the answer, then sends nothing. */
  z.object({ kind: z.literal("stalled"), ms: milliseconds.default(120_000), ...target }),
  /** 200 with another body or content type; `null` keeps the body. */
  z.object({
    kind: z.literal("wrong_body"),
    body: z.string().nullable(),
    contentType: z.string().default("application/json"),
    ...target,
  }),
  z.object({
    kind: z.literal("surprise"),
    surprise: z.enum(SURPRISES),
    share: z.number().min(0).max(1).default(1),
    seed: z.int().default(1),
    ...target,
  }),
  /** Every page has a `next_token`: always the same one, or always a new one. */
  z.object({ kind: z.literal("endless_pages"), token: z.enum(["same", "new"]).default("same"), ...target }),
  /** Puts this many documents from ten years ago before the requested ones. */
  z.object({ kind: z.literal("many_rows"), rows: z.int().positive().max(200_000).default(100_000), ...target }),
  /** The person withdrew at Oura a permission the token was issued with. */
  z.object({
    kind: z.literal("narrowed_scopes"),
    scopes: z.array(z.string().refine(isScope, "not a scope")),
    ...target,
  }),
  /** `scope` is left out of the redirect to the app (route `authorize`) and of the token answer (route `token`). */
  z.object({ kind: z.literal("unnamed_scopes"), ...target }),
  /** The person removed the app from their Oura account. */
  z.object({ kind: z.literal("revoked_grant"), ...target }),
  z.object({ kind: z.literal("lapsed_membership"), ...target }),
  /** The app's id or secret is wrong: 401 as the new generation answers, 400 as the older one. */
  z.object({ kind: z.literal("refused_app"), status: z.literal([400, 401]).default(401), ...target }),
]);

export type Fault = z.output<typeof faultSchema>;
export type FaultKind = Fault["kind"];

/** Every kind, for tests that try each on each route. */
export const FAULT_KINDS = [
  "latency",
  "server_error",
  "rate_limited",
  "timeout",
  "malformed",
  "html",
  "lost_answer",
  "reset",
  "stalled",
  "wrong_body",
  "surprise",
  "endless_pages",
  "many_rows",
  "narrowed_scopes",
  "unnamed_scopes",
  "revoked_grant",
  "lapsed_membership",
  "refused_app",
] as const satisfies readonly FaultKind[];

export const faultListSchema = z.object({ faults: z.array(faultSchema) });

type ArmedFault = Fault & { id: number; left: number | null };

const KEY = "faults";

/** Replaces all faults, or with `person` only theirs. Faults act in the order of the list. */
export async function setFaults(
  store: SimulatorStore,
  faults: readonly Fault[],
  person: string | null = null,
): Promise<void> {
  await store.update<ArmedFault[]>(KEY, (before = []) => {
    const kept = person === null ? [] : before.filter((fault) => fault.person !== person);
    const next = Math.max(0, ...before.map(({ id }) => id + 1));
    return [...kept, ...faults.map((fault, index) => ({ ...fault, id: next + index, left: fault.times ?? null }))];
  });
}

/** `left` is how often each fault will still fire. */
export async function listFaults(store: SimulatorStore): Promise<ArmedFault[]> {
  return (await store.get<ArmedFault[]>(KEY)) ?? [];
}

export async function matchingFaults(
  store: SimulatorStore,
  person: string | null,
  route: string,
): Promise<ArmedFault[]> {
  return (await listFaults(store)).filter(
    (fault) => ["*", person].includes(fault.person) && ["*", route].includes(fault.route) && fault.left !== 0,
  );
}

/** Counts one request; false if the fault does not fire yet, or if a parallel request used its last firing. */
export async function fire(store: SimulatorStore, id: number): Promise<boolean> {
  let fired = false;
  await store.update<ArmedFault[]>(KEY, (faults = []) =>
    faults.map((fault) => {
      if (fault.id !== id || fault.left === 0) return fault;
      if (fault.after > 0) return { ...fault, after: fault.after - 1 };
      fired = true;
      return { ...fault, left: fault.left === null ? null : fault.left - 1 };
    }),
  );
  return fired;
}
