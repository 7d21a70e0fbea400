import { spawnSync } from "node:child_process";

interface Options {
  /** What it reads from standard input. */
  input?: string;
  /** Keep its output instead of showing it. What it says of failures is always shown. */
  capture?: boolean;
  environment?: NodeJS.ProcessEnv;
}

/** Runs the project's own wrangler to its end. */
export function callWrangler(parameters: readonly string[], { input, capture, environment }: Options = {}) {
  const { status, stdout } = spawnSync(process.execPath, ["node_modules/wrangler/bin/wrangler.js", ...parameters], {
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", ...environment },
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
    stdio: [input === undefined ? "inherit" : "pipe", capture ? "pipe" : "inherit", "inherit"],
  });
  return { status, output: stdout ?? "" };
}
