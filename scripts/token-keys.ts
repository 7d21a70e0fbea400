import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "dotenv";

/** Adds new TOKEN_KEYS to a .dev.vars file that has none. Git ignores the file; only its owner can read it. */
export function ensureTokenKeys(path: string): void {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const filled = withTokenKeys(text, createTokenKeys());
  if (filled === text) return;
  writeFileSync(path, filled, { mode: 0o600 });
  console.log(`Wrote new token keys to ${path} (ignored by git).`);
}

/**
 * The text of a .dev.vars file with `tokenKeys`, or the same text if it has some already. The parser is the one that
 * wrangler contains, so that both agree on what is set: a value that is followed by nothing but a comment is not.
 */
export function withTokenKeys(text: string, tokenKeys: string): string {
  if (parse(text).TOKEN_KEYS) return text;
  const line = `TOKEN_KEYS=${tokenKeys}`;
  const empty = /^[ \t]*(?:export[ \t]+)?TOKEN_KEYS[ \t]*[=:].*$/m;
  if (empty.test(text)) return text.replace(empty, line);
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`;
}

export function createTokenKeys(): string {
  return `k1:${randomBytes(32).toString("base64")}`;
}
