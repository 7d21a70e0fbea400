import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { findFreePort } from "../find-free-port.ts";
import type { Person, Walk } from "./person.ts";

/**
 * What clients start instead of a browser. Each address of a sign-in goes to a person, and every other one nowhere.
 */
export interface BrowserStandIn {
  environment: NodeJS.ProcessEnv;
  /** The person who uses the browser from now on. */
  seat(person: Person): void;
  /** The walks since the last call, once they have ended. */
  takeWalks(): Promise<Walk[]>;
  close(): void;
}

/** The names under which programs look for a browser or for the system's way to open one. */
const names = ["xdg-open", "open", "sensible-browser", "www-browser", "x-www-browser", "google-chrome", "firefox"];

/** @param directory Where the programs are written that stand in for a browser. */
export async function openBrowserStandIn(directory: string, origin: string): Promise<BrowserStandIn> {
  const port = await findFreePort();
  let seated: Person | null = null;
  let walks: Promise<Walk>[] = [];
  const server = createServer((request, response) => {
    const address = decodeURIComponent((request.url ?? "").slice("/?".length));
    response.end(); // a system's opener returns at once, too
    if (!address.startsWith(`${origin}/authorize?`) || seated === null) return;
    walks.push(seated.walk(address).catch(failedWalk));
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  mkdirSync(directory, { recursive: true });
  const program = resolve("scripts/clients/programs/open-address.mjs");
  for (const name of names) {
    const path = join(directory, name);
    writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
    chmodSync(path, 0o755);
  }
  return {
    environment: {
      PATH: [directory, process.env.PATH].join(":"),
      BROWSER: join(directory, "xdg-open"),
      BROWSER_STAND_IN: `http://127.0.0.1:${port}`,
      DISPLAY: ":0", // without it some clients do not try to open a browser
    },
    seat(person) {
      seated = person;
    },
    async takeWalks() {
      const taken = await Promise.all(walks);
      walks = [];
      return taken;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function failedWalk(error: unknown): Walk {
  return { clicks: 0, isBack: false, headings: [String(error).split("\n")[0] ?? ""] };
}
