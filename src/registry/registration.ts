/**
 * `pending` means that the account waits in the queue. `approved` means that the account may connect an Oura Ring or
 * has already connected one.
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
