import type { Failure } from "../errors.ts";
import type { Registration } from "../registry/registration.ts";

/** Where the person stands on the way from registering to being connected: a place in the queue first, then Oura. */
export type Standing =
  | Exclude<Registration, { kind: "approved" }>
  | { kind: "not_connected" }
  | { kind: "connected" }
  | { kind: "needs_reconnect" };

/** Why no data can be read yet, or null when Oura is connected. */
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
    case "connected":
      return null;
  }
}
