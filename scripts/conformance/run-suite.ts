import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

const program = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

export interface SuiteResult {
  suite: string;
  /** The suite's result; false if a baseline entry is stale or an unlisted check fails. */
  passed: boolean;
  scenarios: number;
  checks: { passed: number; failed: number };
  output: string;
}

const checks = z.array(z.object({ id: z.string(), status: z.string() }));

/**
 * Runs the official conformance command and counts what it checked.
 * @param onOutput called with the whole output so far, each time more is printed
 */
export async function runSuite(
  suite: string,
  parameters: readonly string[],
  onOutput?: (output: string) => void,
): Promise<SuiteResult> {
  const directory = mkdtempSync(join(tmpdir(), "ringbridge-conformance-"));
  try {
    const { code, output } = await runProgram([...parameters, "--output-dir", directory], onOutput);
    const scenarios = readdirSync(directory);
    const statuses = scenarios.flatMap((name) =>
      checks.parse(JSON.parse(readFileSync(join(directory, name, "checks.json"), "utf8"))).map(({ status }) => status),
    );
    const count = (...wanted: string[]) => statuses.filter((status) => wanted.includes(status)).length;
    return {
      suite,
      passed: code === 0 && count("SUCCESS") > 0, // without any check the suite has not passed
      scenarios: scenarios.length,
      checks: { passed: count("SUCCESS"), failed: count("FAILURE", "WARNING") },
      output,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function runProgram(
  parameters: readonly string[],
  onOutput?: (output: string) => void,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...parameters], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        onOutput?.(output);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
