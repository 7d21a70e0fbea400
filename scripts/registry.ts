import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { readOptions } from "./read-options.ts";
import { createEntry } from "./registry/create-entry.ts";

/**
 * `npm run registry -- https://your.server [--name io.github.you/ringbridge]`: writes `server.json`, the MCP registry's
 * description of a deployment. The operator publishes it (docs/operations.md).
 */
const { values, positionals } = readOptions({
  name: "npm run registry",
  takes: { words: "https://your.server", atMost: 1 },
  options: { name: { type: "text", value: "NAME" } },
});
const manifest = z
  .object({ description: z.string(), version: z.string() })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

try {
  const entry = createEntry({ address: positionals[0] ?? "", name: values.name, ...manifest });
  const text = `${JSON.stringify(entry, null, 2)}\n`;
  writeFileSync("server.json", text);
  console.log(`${text}\nWritten to server.json. Nothing was published: docs/operations.md says how.`);
  if (entry.name.startsWith("dev.workers.")) {
    console.log("A name under workers.dev can't be proven by DNS: use --name io.github.you/ringbridge.");
  }
} catch (error) {
  if (!(error instanceof z.ZodError)) throw error;
  for (const { message, path } of error.issues) console.error(`No server.json: ${[...path, message].join(": ")}.`);
  process.exitCode = 1;
}
