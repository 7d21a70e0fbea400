import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** The package's own command, run as it would be from a shell. */
const program = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

export interface SuiteResult {
  suite: string;
  /** The suite's own verdict; stale baseline entries and anything unlisted make it false. */
  passed: boolean;
  scenarios: number;
  /** Checks that passed, and those that did not. */
  checks: { passed: number; failed: number };
  /** All it printed, for whoever has to find out why. */
  output: string;
}

const checks = z.array(z.object({ id: z.string(), status: z.string() }));

/**
 * Runs the official conformance command and counts what it checked.
 * @param onOutput called with all that was printed so far, each time there is more
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
      passed: code === 0 && count("SUCCESS") > 0, // nothing checked is nothing passed
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
