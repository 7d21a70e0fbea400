import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "../find-free-port.ts";
import type { BrowserStandIn } from "./browser-stand-in.ts";
import type { InstalledClients } from "./install-clients.ts";
import type { KnownClient } from "./known-clients.ts";
import type { People, Person, Walk } from "./person.ts";
import { runCommand } from "./run-command.ts";

/** What was seen of a client: each step in a word, or in words that begin with "FAILED". */
export interface ClientReport {
  name: string;
  version: string;
  /** Clicks of somebody who was never here, from the client's address back to the client. */
  newClicks: number;
  /** Clicks of the same person after the approval was revoked. */
  knownClicks: number;
  tools: string;
  call: string;
  error: string;
  refresh: string;
  revoke: string;
}

interface ClientRun {
  mcpUrl: string;
  installed: InstalledClients;
  browser: BrowserStandIn;
  people: People;
  toolNames: readonly string[];
  tokenSeconds: number;
}

export const mostClicks = { new: 4, known: 1 };

const tool = "oura_get_daily_summary";
const question = { start_date: "2026-11-19" };
const isAnswer = (text: string) => /Thu 19 Nov 2026: .*\bsleep score \d+/.test(text);
const mistake = { start_date: "last tuesday" };
const isRefusalInWords = (text: string) =>
  /start_date: .{0,3}last tuesday.{0,3} is not accepted; write a day as/.test(text);

/** A client after its first steps. The others follow when its access token has ended. */
export interface BegunClient {
  finish(): Promise<ClientReport>;
}

export async function beginClient(run: ClientRun, client: KnownClient, ring: string): Promise<BegunClient> {
  const { browser, installed, mcpUrl, tokenSeconds } = run;
  const home = join(installed.folder, "homes", client.name.toLowerCase().replaceAll(/\W+/g, "-"));
  mkdirSync(home, { recursive: true });
  // The client does not get the developer's other environment variables, which may contain secret keys.
  const environment = {
    ...browser.environment,
    PATH: [join(installed.folder, "node_modules/.bin"), browser.environment.PATH].join(":"),
    HOME: home,
    SHELL: "/bin/sh",
    TERM: "xterm-256color",
    LANG: "C.UTF-8",
    MCP_URL: mcpUrl,
    CALLBACK_PORT: `${await findFreePort()}`,
    ...quiet,
  };
  const person = await run.people.invite(ring);
  browser.seat(person);
  const carryOut = (command: readonly string[]) => runCommand(command, { directory: installed.folder, environment });

  if (client.add) await carryOut(client.add);
  let walks = await browser.takeWalks();
  if (walks.length === 0 && client.signIn) await carryOut(client.signIn);
  const listed = await carryOut(client.list);
  walks = [...walks, ...(await browser.takeWalks())];
  const called = await carryOut(client.call(tool, question));
  const refused = await carryOut(client.call(tool, mistake));
  const endOfToken = performance.now() + tokenSeconds * 1_000;
  const report = {
    name: client.name,
    version: installed.versionOf(client.package),
    newClicks: countClicks(walks),
    tools: judgeList(client, listed, run.toolNames),
    call: isAnswer(called) ? "the answer" : failure(called),
    error: isRefusalInWords(refused) ? "a readable message" : failure(refused),
  };

  return {
    async finish() {
      await delay(Math.max(0, endOfToken - performance.now()));
      browser.seat(person);
      const later = await carryOut(client.call(tool, question));
      const isUnseen = (await browser.takeWalks()).length === 0;
      const refresh = !isAnswer(later)
        ? failure(later)
        : isUnseen
          ? "works without a new sign-in"
          : "FAILED: opened the browser";
      const again = await signInAgain(client, person, browser, carryOut);
      await person.leave();
      return { ...report, refresh, ...again };
    },
  };
}

/** The access ends in the panel. The client signs in again, and answers. */
async function signInAgain(
  client: KnownClient,
  person: Person,
  browser: BrowserStandIn,
  carryOut: (command: readonly string[]) => Promise<string>,
): Promise<Pick<ClientReport, "revoke" | "knownClicks">> {
  await person.revokeAll();
  const first = await carryOut(client.call(tool, question));
  let walks = await browser.takeWalks();
  if (walks.length > 0) {
    const revoke = isAnswer(first) ? "opens the sign-in page" : failure(first);
    return { revoke, knownClicks: countClicks(walks) };
  }
  if (isAnswer(first)) return { revoke: "FAILED: still answers", knownClicks: 0 };
  if (client.signIn) await carryOut(client.signIn);
  walks = await browser.takeWalks();
  const second = await carryOut(client.call(tool, question));
  return {
    revoke: isAnswer(second) ? "is refused until the person signs in with a command" : failure(second),
    knownClicks: countClicks(walks),
  };
}

/** No updates, no telemetry, no questions, no secrets in the system's own store. */
const quiet = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  DISABLE_AUTOUPDATER: "1",
  DO_NOT_TRACK: "1",
  MCP_AUTO_OPEN_ENABLED: "true",
  MCP_INSPECTOR_SECRET_STORE: "file",
  NO_COLOR: "1",
};

function countClicks(walks: readonly Walk[]): number {
  const [walk] = walks;
  // More than one sign-in is as wrong as none.
  return walks.length === 1 && walk?.isBack ? walk.clicks : Number.POSITIVE_INFINITY;
}

function judgeList(client: KnownClient, listed: string, toolNames: readonly string[]): string {
  const absent = toolNames.filter((name) => !listed.includes(name));
  if (absent.length > 0)
    return absent.length === toolNames.length ? failure(listed) : `FAILED: not ${absent.join(", ")}`;
  const objection = client.findObjection?.(listed) ?? null;
  return objection === null ? `all ${toolNames.length}` : `FAILED: ${objection.trim()}`;
}

/** The end of what a client printed, on one line. */
function failure(printed: string): string {
  return `FAILED: ${printed.replaceAll(/\s+/g, " ").trim().slice(-300) || "nothing was printed"}`;
}

export function isGreen({ newClicks, knownClicks, ...steps }: ClientReport): boolean {
  const failed = Object.values(steps).some((step) => step.startsWith("FAILED"));
  return !failed && newClicks <= mostClicks.new && knownClicks <= mostClicks.known;
}
