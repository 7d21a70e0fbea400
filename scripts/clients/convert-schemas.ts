import { z } from "zod";
import type { InstalledClients } from "./install-clients.ts";
import { runCommand } from "./run-command.ts";

/** What a library that speaks to language models makes of the tools' input schemas. */
const conversion = z.object({
  name: z.string(),
  version: z.string(),
  tools: z.number(),
  /** Each keyword of a schema that the library removed or changed, as "path: keyword". */
  losses: z.array(z.string()),
});
export type Conversion = z.output<typeof conversion>;

/** Converts the schemas with every library, without network. */
export async function convertSchemas(installed: InstalledClients, tools: readonly object[]): Promise<Conversion[]> {
  const printed = await runCommand(["node", "convert-schemas.mjs"], {
    directory: installed.folder,
    environment: process.env,
    input: JSON.stringify(tools),
  });
  const line = printed.split("\n").find((one) => one.startsWith("[{")) ?? printed;
  return z.array(conversion).parse(JSON.parse(line));
}
