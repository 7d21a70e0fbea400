import { inject } from "vitest";

/** The server of this worker's journeys: people of two files that run at once would take one another's ring over. */
export const origin = serverOf(Number(process.env.VITEST_POOL_ID));

function serverOf(worker: number): string {
  const server = inject("origins")[worker - 1];
  if (server === undefined) throw new Error(`No server was started for worker ${worker}.`);
  return server;
}
