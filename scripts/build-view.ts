import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const output = join(root, "dist");
const target = join(output, "view.html");

/** Escapes closing tags, which would end the inline script or style early. */
function inline(text: string, tag: string): string {
  return text.trim().replaceAll(`</${tag}`, `<\\/${tag}`);
}

/** The view's script and style, and their input files in `metafile`. */
export function bundleView() {
  return build({
    entryPoints: [join(root, "src/views/main.ts"), join(root, "src/views/style.css")],
    outdir: output,
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: "iife",
    target: ["es2022", "safari17"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
}

/**
 * Builds the page that draws answers (src/views) into dist/view.html: one file with its script and style inside.
 * Wrangler runs this before it bundles (`[build]` in wrangler.toml), vitest before its tests.
 */
export async function buildView(): Promise<void> {
  const { outputFiles } = await bundleView();
  const [script = "", style = ""] = [".js", ".css"].map(
    (end) => outputFiles.find(({ path }) => path.endsWith(end))?.text,
  );
  const page = readFileSync(join(root, "src/views/view.html"), "utf8")
    .replace("/* style */", () => inline(style, "style"))
    .replace("/* script */", () => inline(script, "script"));
  writeIfChanged(page);
}

/** Does not write an unchanged file, or file watchers would rebuild endlessly. Replaces a changed file atomically. */
function writeIfChanged(text: string): void {
  mkdirSync(output, { recursive: true });
  try {
    if (readFileSync(target, "utf8") === text) return;
  } catch {
    // The file does not exist yet.
  }
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, target);
}

if (import.meta.main) await buildView();
