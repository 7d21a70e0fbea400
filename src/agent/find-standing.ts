import type { Standing } from "../connection/standing.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Parts } from "./parts.ts";

/** The account's registration and connection state. Calls the registry only while Oura is not connected. */
export async function findStanding(parts: Parts): Promise<Standing> {
  const { kind } = parts.connection().state();
  if (kind === "key_changed") parts.troubles.note("key_changed");
  if (kind !== "not_connected") return { kind };
  const registration = await theRegistry(parts.env).status(parts.accountId);
  return registration.kind === "approved" ? { kind: "not_connected" } : registration;
}
