import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import type { LocalServer } from "../../test/e2e/local-server.ts";
import { startRingbridge } from "../../test/e2e/ringbridge.ts";
import { createScratchCopy, removeScratchCopy } from "../planted/scratch-copy.ts";

const file = "src/provider.ts";
const lifetime = /^const accessTokenSeconds = .*;$/m;

/**
 * `npm start` from a copy of this project in which access tokens end after some seconds, so that clients refresh them. The
 * lifetime is no setting, because nobody who runs the service has a reason to change it.
 */
export async function startWithShortTokens(tokenSeconds: number, state: string): Promise<LocalServer> {
  const directory = createScratchCopy();
  try {
    const path = join(directory, file);
    writeFileSync(path, withTokenSeconds(readFileSync(path, "utf8"), tokenSeconds));
    const variables = ["BETA_CAPACITY:1000"];
    const server = await startRingbridge({ name: "clients", state, variables, clock: fixedInstant, directory });
    return {
      origin: server.origin,
      async stop() {
        await server.stop();
        removeScratchCopy(directory);
      },
    };
  } catch (error) {
    removeScratchCopy(directory);
    throw error;
  }
}

/** The provider's source with another lifetime of access tokens. */
export function withTokenSeconds(source: string, tokenSeconds: number): string {
  if (!lifetime.test(source)) throw new Error(`${file} does not say how long an access token lives.`);
  return source.replace(lifetime, `const accessTokenSeconds = ${tokenSeconds};`);
}
