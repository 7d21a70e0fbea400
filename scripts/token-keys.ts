import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Writes a fresh TOKEN_KEYS into a .dev.vars file that has none. The file is ignored by git and readable by its owner. */
export function ensureTokenKeys(path: string): void {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (/^TOKEN_KEYS\s*=\s*\S/m.test(text)) return;
  const kept = text.replace(/^TOKEN_KEYS\s*=\s*$\n?/m, "");
  const gap = kept === "" || kept.endsWith("\n") ? "" : "\n";
  writeFileSync(path, `${kept}${gap}TOKEN_KEYS=${createTokenKeys()}\n`, { mode: 0o600 });
  console.log(`Wrote new token keys to ${path} (ignored by git).`);
}

/** A ring of one fresh key. */
export function createTokenKeys(): string {
  return `k1:${randomBytes(32).toString("base64")}`;
}
