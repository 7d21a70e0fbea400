import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixedInstant } from "../sandbox/clock/instants.ts";
import { startRingbridge } from "../test/e2e/ringbridge.ts";
import {
  createSuiteVisitor,
  revisions,
  runAuthorizationSuite,
  runHeaderSuite,
  runServerSuite,
} from "./conformance/suites.ts";
import { printTable } from "./evaluate-answers/print-table.ts";
import { findFreePort } from "./find-free-port.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run conformance [-- --verbose]`: runs the official MCP conformance suite against this server (`npm start`). The
 * files scripts/conformance/baseline-*.yml list the checks it cannot pass, with reasons; any other failed check fails
 * the run.
 */
const { verbose } = readOptions({ name: "npm run conformance", options: { verbose: { type: "flag" } } }).values;
const state = mkdtempSync(join(tmpdir(), "ringbridge-conformance-"));
const server = await startRingbridge({ name: "conformance", state, variables: [], clock: fixedInstant });
try {
  const visitor = await createSuiteVisitor(server.origin);
  const results = [];
  for (const revision of revisions) results.push(await runServerSuite(visitor, revision));
  results.push(await runHeaderSuite(visitor));
  results.push(await runAuthorizationSuite(visitor, await findFreePort()));
  for (const { passed, output } of results) if (verbose || !passed) console.log(output);
  printTable(
    ["suite", "scenarios", "checks passed", "not applicable or failed", "verdict"],
    results.map(({ suite, scenarios, checks, passed }) => [
      suite,
      scenarios,
      checks.passed,
      checks.failed,
      passed ? "conforms" : "FAILED",
    ]),
  );
  if (results.some(({ passed }) => !passed)) process.exitCode = 1;
} finally {
  await server.stop();
  rmSync(state, { recursive: true, force: true });
}
