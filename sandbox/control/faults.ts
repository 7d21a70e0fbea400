import { z } from "zod";
import type { SimulatorStore } from "../store.ts";

/** Route names a fault can be tied to besides the data routes. */
export const OAUTH_ROUTES = ["authorize", "token", "revoke"] as const;

/** `*` matches anyone and anything. */
const target = {
  person: z.string().default("*"),
  route: z.string().default("*"),
  /** How often it fires; unlimited when omitted. */
  times: z.int().positive().optional(),
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
  "revoked_grant",
  "lapsed_membership",
] as const satisfies readonly FaultKind[];

export const faultListSchema = z.object({ faults: z.array(faultSchema) });

type ArmedFault = Fault & { id: number; left: number | null };

const KEY = "faults";

/** Replaces all faults. Earlier ones in the list act first. */
export async function setFaults(store: SimulatorStore, faults: readonly Fault[]): Promise<void> {
  const armed: ArmedFault[] = faults.map((fault, id) => ({ ...fault, id, left: fault.times ?? null }));
  await store.put(KEY, armed);
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

/** Counts one firing; false if a parallel request used up the last one. */
export async function fire(store: SimulatorStore, id: number): Promise<boolean> {
  let fired = false;
  await store.update<ArmedFault[]>(KEY, (faults = []) =>
    faults.map((fault) => {
      if (fault.id !== id || fault.left === 0) return fault;
      fired = true;
      return { ...fault, left: fault.left === null ? null : fault.left - 1 };
    }),
  );
  return fired;
}
