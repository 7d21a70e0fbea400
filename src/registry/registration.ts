/** An account's state in the queue for a place. */
export type Registration =
  | { kind: "not_registered" }
  | { kind: "pending"; place: number; waiting: number; code: string }
  | { kind: "approved" };

/** Why an account cannot ask for a place now. */
export interface RegistrationRefused {
  kind: "refused";
  why: "queue_full" | "too_many_today";
}
