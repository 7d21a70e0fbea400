// Builds the page that draws answers (src/views) into dist/view.html: one file with its script and style inside. Wrangler
// runs this before it bundles and vitest before its tests, on whatever Node is there, so it stays plain JavaScript.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "dist/view.html");

/** A closing tag inside the script would end it early. */
function inline(text, tag) {
  return text.trim().replaceAll(`</${tag}`, `<\\/${tag}`);
}

export async function buildView() {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src/views/main.ts"), join(root, "src/views/style.css")],
    outdir: dirname(target),
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: ["es2022", "safari17"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  const [script, style] = [".js", ".css"].map((end) => outputFiles.find(({ path }) => path.endsWith(end)).text);
  const page = readFileSync(join(root, "src/views/view.html"), "utf8")
    .replace("/* style */", () => inline(style, "style"))
    .replace("/* script */", () => inline(script, "script"));
  writeIfChanged(page);
}

/** An unchanged file is left alone, or whoever watches it would never rest; a changed one appears whole. */
function writeIfChanged(text) {
  mkdirSync(dirname(target), { recursive: true });
  try {
    if (readFileSync(target, "utf8") === text) return;
  } catch {
    // there is none yet
  }
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, target);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildView();
