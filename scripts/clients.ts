import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machineNow } from "../sandbox/clock/machine-now.ts";
import { publishInput } from "../src/mcp/publish-schema.ts";
import { tools } from "../src/tools/index.ts";
import { openBrowserStandIn } from "./clients/browser-stand-in.ts";
import { convertSchemas } from "./clients/convert-schemas.ts";
import { clientCells, clientHeading, conversionCells, conversionHeading, writeRun } from "./clients/hosts-page.ts";
import { installClients } from "./clients/install-clients.ts";
import { knownClients } from "./clients/known-clients.ts";
import { openPeople } from "./clients/person.ts";
import { type BegunClient, beginClient, type ClientReport, isGreen } from "./clients/run-client.ts";
import { startWithShortTokens } from "./clients/short-tokens.ts";
import { printTable } from "./evaluate-answers/print-table.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run clients [-- --only NAME] [--write]`: installs real clients from npm in an empty folder and lets each sign in,
 * list the tools, call one, make a mistake, refresh its token, and sign in again after its access was revoked. A browser
 * plays the person. The product is `npm start` on this computer. `--write` puts the tables into docs/hosts.md.
 */
const { values } = readOptions({
  name: "npm run clients",
  options: { only: { type: "text", value: "NAME" }, write: { type: "flag" } },
});

if (process.platform !== "linux") {
  console.error("npm run clients runs on Linux only: elsewhere programs find the browser in other ways.");
  process.exit(1);
}

/**
 * Some clients refresh a token a minute before it ends. With 75 seconds, such a client uses a new token for 15 seconds
 * before it refreshes it.
 */
const tokenSeconds = 75;
/**
 * Each of these synthetic people has data for the night that the clients ask for. Two accounts cannot have the same
 * ring, so at most this many clients run at the same time.
 */
const rings = ["everyday", "gen2", "two_rings", "far_east"];

const folder = mkdtempSync(join(tmpdir(), "ringbridge-clients-"));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function main(): Promise<void> {
  console.log("Installing the clients …");
  mkdirSync(join(folder, "installed"));
  const installed = installClients(join(folder, "installed"));
  console.log("Starting Ringbridge …");
  const server = await startWithShortTokens(tokenSeconds, join(folder, "state"));
  const [people, browser] = await Promise.all([
    openPeople(server.origin),
    openBrowserStandIn(join(folder, "browser"), server.origin),
  ]);
  const reports: ClientReport[] = [];
  try {
    const mcpUrl = `${server.origin}/mcp`;
    const run = { mcpUrl, installed, browser, people, toolNames: tools.map(({ name }) => name), tokenSeconds };
    const wanted = knownClients(mcpUrl).filter(({ name }) => values.only === null || name === values.only);
    for (let first = 0; first < wanted.length; first += rings.length) {
      const begun: BegunClient[] = [];
      for (const [index, ring] of rings.entries()) {
        const client = wanted[first + index];
        if (client) begun.push(await beginClient(run, client, ring));
      }
      for (const one of begun) {
        const report = await one.finish();
        console.log(`${isGreen(report) ? "✓" : "✗"} ${report.name} ${report.version}`);
        reports.push(report);
      }
    }
  } finally {
    browser.close();
    await people.close();
    await server.stop();
  }
  const published = tools.map(({ name, description, input }) => ({
    name,
    description,
    inputSchema: publishInput(input),
  }));
  const conversions = await convertSchemas(installed, published);
  console.log();
  printTable(clientHeading, reports.map(clientCells));
  console.log();
  printTable(conversionHeading, conversions.map(conversionCells));
  for (const { name, losses } of conversions) for (const loss of losses) console.log(`${name}: ${loss}`);
  if (!reports.every(isGreen) || conversions.some((one) => one.tools < tools.length)) process.exitCode = 1;
  if (values.write) {
    const page = "docs/hosts.md";
    const day = new Date(machineNow()).toISOString().slice(0, 10);
    writeFileSync(page, writeRun(readFileSync(page, "utf8"), { day, clients: reports, conversions }));
  }
}
