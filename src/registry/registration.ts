/**
 * How far an account has come: it has not registered to connect an Oura Ring, it waits in the queue, or it may connect
 * a ring.
 */
export type Registration =
  | { kind: "not_registered" }
  | { kind: "pending"; place: number; waiting: number; code: string }
  | { kind: "approved" };

/** Why an account cannot register to connect a ring now. */
export interface RegistrationRefused {
  kind: "refused";
  why: "queue_full" | "too_many_today";
}
