import { spawn } from "node:child_process";

export interface ProgramResult {
  exitCode: number | null;
  output: string;
  errors: string;
}

/** Runs a script of this project and waits for its end. */
export function runNode(parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, parameters, { env: { ...process.env, ...environment } });
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
