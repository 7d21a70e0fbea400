import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Verdict } from "./judge-run.ts";
import { createScratchCopy, removeScratchCopy } from "./scratch-copy.ts";
import type { TestRequest } from "./test-server.ts";

export interface ScratchTests {
  run(request: TestRequest): Promise<Verdict>;
  close(): Promise<void>;
}

/** Each test has a time limit of its own. A run that takes longer than this waits for something that never comes. */
const longestRunMilliseconds = 180_000;

export function openScratchTests(): ScratchTests {
  let opened: { directory: string; server: ChildProcess } | null = null;

  async function open(): Promise<ChildProcess> {
    if (opened !== null) return opened.server;
    const directory = createScratchCopy();
    const server = fork(`${import.meta.dirname}/test-server.ts`, [], { cwd: directory, silent: true });
    opened = { directory, server };
    await Promise.race([once(server, "message"), once(server, "exit")]);
    return server;
  }

  /** A run may leave its copy broken, so the next run gets a new copy. */
  async function close(): Promise<void> {
    if (opened === null) return;
    const { directory, server } = opened;
    opened = null;
    if (server.exitCode === null && server.signalCode === null) {
      server.kill();
      await once(server, "exit");
    }
    removeScratchCopy(directory);
  }

  async function ask(request: TestRequest, signal: AbortSignal): Promise<Verdict> {
    const server = await open();
    if (!server.connected) throw new Error("the process that runs tests does not start");
    const end = once(server, "exit", { signal }).then(() => {
      throw new Error("the process that runs tests ended");
    });
    server.send(request);
    const [verdict] = await Promise.race([once(server, "message", { signal }), end]);
    return verdict as Verdict; // the other process sends nothing else
  }

  return {
    async run(request) {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), longestRunMilliseconds);
      try {
        return await ask(request, late.signal);
      } catch (error) {
        await close();
        const isLate = late.signal.aborted;
        return {
          kind: "did_not_run",
          why: isLate ? `no end after ${longestRunMilliseconds / 1_000} s` : String(error),
        };
      } finally {
        clearTimeout(timer);
        late.abort(); // takes the listeners away
      }
    },
    close,
  };
}
