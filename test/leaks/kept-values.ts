import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { deserialize } from "node:v8";

/** Every value in one of the runtime's databases, decoded as far as it can be: objects are kept in V8's own format. */
export function readDatabase(path: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    return tables.flatMap(({ name }) => {
      const rows = database.prepare(`SELECT * FROM "${String(name)}"`);
      rows.setReadBigInts(true); // some are times in nanoseconds
      return rows.all().flatMap((row) => Object.values(row).map(readable));
    });
  } finally {
    database.close();
  }
}

function readable(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value);
  try {
    return JSON.stringify(deserialize(value)) ?? "";
  } catch {
    return Buffer.from(value).toString("latin1");
  }
}

/** A file's bytes as text in both ways the runtime writes it. */
export function readBytes(path: string): string[] {
  const bytes = readFileSync(path);
  return [bytes.toString("latin1"), bytes.toString("utf16le"), bytes.subarray(1).toString("utf16le")];
}
