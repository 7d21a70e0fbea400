import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { CANARY } from "../../sandbox/control/canaries.ts";
import { runFile } from "../e2e/global-setup.ts";
import { addressesFile, secretsFile } from "../e2e/witness.ts";

/** Searches the logs, storage and addresses of the browser journeys for secrets. Runs after them. */
let scratch = "";
let ouraTokens: string[] = [];
let assistantSecrets: string[] = [];
/** Secrets of this computer's sandbox, and of servers the journeys started with other settings. */
let operatorSecrets: string[] = [];

const health = [CANARY.digits, CANARY.word];

beforeAll(async () => {
  if (!existsSync(runFile))
    throw new Error("Run the browser journeys first: npm test, or --project e2e --project leaks.");
  const run = z
    .object({ origins: z.array(z.string()), scratch: z.string() })
    .parse(JSON.parse(readFileSync(runFile, "utf8")));
  scratch = run.scratch;
  const lists = run.origins.map(async (origin) => (await fetch(`${origin}/sandbox/control/tokens`)).json());
  ouraTokens = z
    .array(z.object({ tokens: z.array(z.string()) }))
    .parse(await Promise.all(lists))
    .flatMap(({ tokens }) => tokens);
  // An assistant's token is `account:grant:secret`; only the last part is secret.
  assistantSecrets = readLines(secretsFile).map((token) => token.split(":").at(-1) ?? token);
  const settings = readFileSync("sandbox/.dev.vars", "utf8");
  operatorSecrets = Array.from(settings.matchAll(/:([A-Za-z0-9+/_-]{40,}=*)/g), (match) => match[1] ?? "");
});

function readLines(file: string): string[] {
  const lines = readFileSync(join(scratch, file), "utf8").trimEnd().split("\n");
  return lines.map((line) => z.string().parse(JSON.parse(line)));
}

function allSecrets(): string[] {
  return [...ouraTokens, ...assistantSecrets, ...operatorSecrets];
}

/** Where any of the texts occurs; does not print the texts. */
function findAny(name: string, contents: readonly string[], texts: readonly string[]): string[] {
  return texts.flatMap((text, index) =>
    text.length > 5 && contents.some((content) => content.includes(text)) ? [`canary ${index} in ${name}`] : [],
  );
}

/** Whether the bytes contain the text, in either encoding that the runtime uses. */
function holds(bytes: Buffer, text: string): boolean {
  return bytes.includes(Buffer.from(text, "latin1")) || bytes.includes(Buffer.from(text, "utf16le"));
}

/** Empty where the file is gone: the servers still run, and remove their temporary files. */
function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (existsSync(path)) throw error;
    return Buffer.alloc(0);
  }
}

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it("has secrets to search for", () => {
  expect([ouraTokens.length > 10, assistantSecrets.length > 5, operatorSecrets.length > 0]).toEqual([true, true, true]);
  expect(assistantSecrets.filter((secret) => secret.length < 20)).toEqual([]);
});

it("no canary is in a server's log", () => {
  const logs = readdirSync("test-results").filter((name) => name.endsWith(".log"));
  expect(logs).toEqual(expect.arrayContaining(["e2e-1.log", "e2e-2.log"]));
  const texts = logs.map((name) => [name, readFileSync(join("test-results", name), "utf8")] as const);
  expect(texts.find(([name]) => name === "e2e-1.log")?.[1]).toContain("tool_call"); // contains lines of the product
  expect(texts.flatMap(([name, text]) => findAny(name, [text], [...allSecrets(), ...health]))).toEqual([]);
});

it("no canary is in storage: objects, tables and the key-value store", () => {
  // The simulator plays Oura: its own storage may contain canaries.
  const files = filesUnder(scratch).filter(
    (path) =>
      !path.includes("OuraSimulator") &&
      !path.endsWith(".jsonl") &&
      !path.endsWith(".env") &&
      !path.includes("/bundle/"),
  );
  const found: string[] = [];
  let agents = 0;
  for (const path of files) {
    const bytes = readIfThere(path);
    if (holds(bytes, "connectedAt")) agents += 1;
    const texts = [...allSecrets(), ...health].filter((text) => text.length > 5);
    found.push(...texts.flatMap((text, index) => (holds(bytes, text) ? [`canary ${index} in ${path}`] : [])));
  }
  expect(agents).toBeGreaterThan(0); // agents' storage is read
  expect(found).toEqual([]);
});

it("wrangler keeps no local record of requests and storage", () => {
  expect(filesUnder(scratch).filter((path) => path.includes("/observability/"))).toEqual([]);
});

it("no canary is in an address a browser visited or in a response header", () => {
  const addresses = readLines(addressesFile);
  expect(addresses.length).toBeGreaterThan(200);
  expect(findAny("an address or header", addresses, [...allSecrets(), ...health])).toEqual([]);
});
