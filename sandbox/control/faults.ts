import { z } from "zod";
import { isScope } from "../scopes.ts";
import type { SimulatorStore } from "../store.ts";
import { SURPRISES } from "./schema-surprises.ts";

/** Route names a fault can be tied to besides the data routes. */
export const OAUTH_ROUTES = ["authorize", "token", "revoke"] as const;

/** `*` matches anyone and anything. */
const target = {
  person: z.string().default("*"),
  route: z.string().default("*"),
  /** How often it fires; unlimited when omitted. */
  times: z.int().positive().optional(),
  /** So many matching requests pass untouched before it fires. */
  after: z.int().nonnegative().default(0),
};
const milliseconds = z.int().nonnegative().max(600_000);

const faultSchema = z.discriminatedUnion("kind", [
  /** Answers as usual, later. */
  z.object({ kind: z.literal("latency"), ms: milliseconds.default(1_000), ...target }),
  z.object({ kind: z.literal("server_error"), status: z.literal([500, 502, 503, 504]).default(500), ...target }),
  z.object({
    kind: z.literal("rate_limited"),
    tier: z.enum(["token", "application"]).default("token"),
    /** Seconds; `null` leaves the header out. */
    retryAfter: z.int().nonnegative().nullable().default(30),
    ...target,
  }),
  /** Holds the connection, by default longer than any client waits, then answers 504 with nothing done. */
  z.object({ kind: z.literal("timeout"), ms: milliseconds.default(120_000), ...target }),
  /** Does what was asked and breaks off the answer halfway. */
  z.object({ kind: z.literal("malformed"), ...target }),
  /** 200 with a page, as a captive portal or a maintenance notice would. */
  z.object({ kind: z.literal("html"), ...target }),
  /** Does what was asked and loses the answer: a 504 after a refresh token has been used up. */
  z.object({ kind: z.literal("lost_answer"), ...target }),
  /** Breaks the connection off: before a byte of the answer, with nothing done, or halfway through it, with all done. */
  z.object({ kind: z.literal("reset"), when: z.enum(["before", "midway"]).default("midway"), ...target }),
  /** Does what was asked, sends half of the answer and then nothing more. */
  z.object({ kind: z.literal("stalled"), ms: milliseconds.default(120_000), ...target }),
  /** 200 with something else than was asked for; `null` keeps the body. */
  z.object({
    kind: z.literal("wrong_body"),
    body: z.string().nullable(),
    contentType: z.string().default("application/json"),
    ...target,
  }),
  z.object({
    kind: z.literal("surprise"),
    surprise: z.enum(SURPRISES),
    /** Of the documents. */
    share: z.number().min(0).max(1).default(1),
    seed: z.int().default(1),
    ...target,
  }),
  /** Every page says that there is another: the same one for ever, or ever new ones. */
  z.object({ kind: z.literal("endless_pages"), token: z.enum(["same", "new"]).default("same"), ...target }),
  /** As many documents of ten years ago before the ones asked for. */
  z.object({ kind: z.literal("many_rows"), rows: z.int().positive().max(200_000).default(100_000), ...target }),
  /** A permission taken back at Oura that the token was issued with. */
  z.object({
    kind: z.literal("narrowed_scopes"),
    scopes: z.array(z.string().refine(isScope, "not a scope")),
    ...target,
  }),
  /** The person removed the app from their Oura account. */
  z.object({ kind: z.literal("revoked_grant"), ...target }),
  z.object({ kind: z.literal("lapsed_membership"), ...target }),
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
  "revoked_grant",
  "lapsed_membership",
] as const satisfies readonly FaultKind[];

export const faultListSchema = z.object({ faults: z.array(faultSchema) });

type ArmedFault = Fault & { id: number; left: number | null };

const KEY = "faults";

/** Replaces all faults, or with `person` only theirs. Earlier ones in the list act first. */
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

/** With `left`: how often each will still fire. */
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

/** Counts one firing; false while requests are still let past it, or if a parallel one used up the last. */
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
