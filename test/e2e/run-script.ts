import { spawn } from "node:child_process";

export interface ScriptRun {
  exitCode: number | null;
  output: string;
  errors: string;
}

/** Runs a script of this project to its end, as `npm run` would. */
export function runScript(
  script: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ScriptRun> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...parameters], { env: { ...process.env, ...environment } });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("close", (exitCode) => resolve({ exitCode, output, errors }));
  });
}
