import { inject } from "vitest";

/** The server of this test worker. Two files in parallel on one server would take over each other's rings. */
export const origin = serverOf(Number(process.env.VITEST_POOL_ID));

function serverOf(worker: number): string {
  const server = inject("origins")[worker - 1];
  if (server === undefined) throw new Error(`No server was started for worker ${worker}.`);
  return server;
}
