import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";

/** The part of the bundler's metafile that is read here. Paths are relative to the project. */
const metafile = z.object({
  inputs: z.record(
    z.string(),
    z.object({ imports: z.array(z.object({ path: z.string(), kind: z.string(), external: z.boolean().optional() })) }),
  ),
  outputs: z.record(
    z.string(),
    z.object({
      entryPoint: z.string().optional(),
      inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })).default({}),
    }),
  ),
});
export type Metafile = z.output<typeof metafile>;

/** What wrangler would upload, without uploading it, as its bundler describes it. */
export async function bundleWorker(): Promise<Metafile> {
  const directory = mkdtempSync(join(tmpdir(), "bundle-"));
  try {
    const path = join(directory, "metafile.json");
    const wrangler = ["node_modules/wrangler/bin/wrangler.js", "deploy", "--dry-run"];
    await promisify(execFile)(process.execPath, [...wrangler, "--outdir", directory, "--metafile", path], {
      env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
    });
    return metafile.parse(JSON.parse(readFileSync(path, "utf8")));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
