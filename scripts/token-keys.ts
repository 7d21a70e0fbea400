import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Adds new TOKEN_KEYS to a .dev.vars file that has none. Git ignores the file; only its owner can read it. */
export function ensureTokenKeys(path: string): void {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (/^TOKEN_KEYS\s*=\s*\S/m.test(text)) return;
  const kept = text.replace(/^TOKEN_KEYS\s*=\s*$\n?/m, "");
  const gap = kept === "" || kept.endsWith("\n") ? "" : "\n";
  writeFileSync(path, `${kept}${gap}TOKEN_KEYS=${createTokenKeys()}\n`, { mode: 0o600 });
  console.log(`Wrote new token keys to ${path} (ignored by git).`);
}

/** A new TOKEN_KEYS value with one random key. */
export function createTokenKeys(): string {
  return `k1:${randomBytes(32).toString("base64")}`;
}
