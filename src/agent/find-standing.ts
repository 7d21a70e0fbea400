import type { Standing } from "../connection/standing.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Parts } from "./parts.ts";

/** Where the person stands. The registry is asked only while Oura is not connected. */
export async function findStanding(parts: Parts): Promise<Standing> {
  const { kind } = parts.connection().state();
  if (kind !== "not_connected") return { kind };
  const registry = theRegistry(parts.env);
  const registration = await registry.status(parts.accountId);
  if (registration.kind !== "approved") return registration;
  await registry.noteConnectSeen(parts.accountId); // whoever reads this sees Connect
  return { kind: "not_connected" };
}
