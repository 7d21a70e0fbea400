import type { Failure } from "../errors.ts";
import type { Registration } from "../registry/registration.ts";

/**
 * How far an account has come towards a connection to Oura. The number of connected accounts is limited, so an account
 * may first have to wait in a queue.
 */
export type Standing =
  | Exclude<Registration, { kind: "approved" }>
  | { kind: "not_connected" }
  | { kind: "connected" }
  | { kind: "needs_reconnect" }
  | { kind: "key_changed" };

/** Why no data can be read yet; null when Oura is connected. */
export function standingFailure(standing: Standing): Failure | null {
  switch (standing.kind) {
    case "not_registered":
      return { kind: "not_registered" };
    case "pending":
      return { kind: "registration_pending", place: standing.place, waiting: standing.waiting, code: standing.code };
    case "not_connected":
      return { kind: "not_connected" };
    case "needs_reconnect":
      return { kind: "needs_reconnect" };
    case "key_changed":
      return { kind: "key_changed" };
    case "connected":
      return null;
  }
}
