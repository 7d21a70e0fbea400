/** An account's state in the queue for a place. */
export type Registration =
  | { kind: "not_registered" }
  | { kind: "pending"; place: number; waiting: number; code: string }
  | { kind: "approved" };
