/** How far an account has come: it is not registered, it waits in the queue, or it may connect an Oura Ring. */
export type Registration =
  | { kind: "not_registered" }
  | { kind: "pending"; place: number; waiting: number; code: string }
  | { kind: "approved" };

/** Why an account cannot register now: the queue is full, or the day's limit of registrations is reached. */
export interface RegistrationRefused {
  kind: "refused";
  why: "queue_full" | "too_many_today";
}
