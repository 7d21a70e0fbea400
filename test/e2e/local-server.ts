import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** A server of this project running as its users run it: another process, reached over HTTP. */
export interface LocalServer {
  origin: string;
  stop(): Promise<void>;
}

interface LocalServerOptions {
  /** Name of its log in test-results/. */
  name: string;
  port: number;
  /** The name under which the server answers; default: localhost. */
  host?: string;
  /** Arguments of Node: a script and its parameters. */
  parameters: readonly string[];
  /** Path that answers 200 when the server is ready. */
  readyPath: string;
  /** The folder of the project that runs; default: this one. */
  directory?: string;
}

const startMilliseconds = 90_000;

export async function startLocalServer({
  name,
  port,
  host = "localhost",
  parameters,
  readyPath,
  directory = process.cwd(),
}: LocalServerOptions): Promise<LocalServer> {
  mkdirSync("test-results", { recursive: true });
  const logPath = `test-results/${name}.log`;
  const log = createWriteStream(logPath);
  const child = spawn(process.execPath, ["test/e2e/end-with-parent.ts", ...parameters], {
    detached: process.platform !== "win32",
    stdio: "pipe",
    cwd: directory,
    env: {
      ...process.env,
      NO_COLOR: "1",
      CI: "1",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      X_LOCAL_OBSERVABILITY: "false",
    },
  });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  let ended = false;
  const end = new Promise<void>((resolve) => {
    child.on("exit", () => {
      ended = true;
      resolve();
    });
  });
  function stop(): Promise<void> {
    child.stdin.end();
    return end;
  }

  const origin = `http://${host}:${port}`;
  const deadline = performance.now() + startMilliseconds;
  while (!(await answers(`${origin}${readyPath}`))) {
    if (ended || performance.now() > deadline) {
      await stop();
      throw new Error(`${name} did not start. End of its log:\n${readFileSync(logPath, "utf8").slice(-2_000)}`);
    }
    await delay(100);
  }
  return { origin, stop };
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
  await response?.body?.cancel();
  return response?.ok ?? false;
}
