import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Reads a value from the terminal without echo; null if there is no terminal. */
export async function askFor(name: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  process.stdout.write(`${name} (from your Ōura app; not shown): `);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  const controller = new AbortController();
  terminal.once("SIGINT", () => controller.abort());
  const answer = await terminal.question("", { signal: controller.signal }).catch(() => "");
  terminal.close();
  process.stdout.write("\n");
  return answer.trim() || null;
}
