import { productAddress } from "../sandbox/local-ports.ts";
import { describeUsage, readOptions } from "./read-options.ts";

/**
 * `OPERATOR_KEY=… npm run operator -- status|capacity N|approve CODE|evict CODE|invite [--url https://bridge.example]`: sends an
 * operator command to a running server. The key comes from the environment, so that it is not in the shell's history.
 */
const operator = {
  name: "npm run operator",
  takes: { words: "status|capacity N|approve CODE|evict CODE|invite", atMost: 2 },
  options: { url: { type: "address", default: process.env.PUBLIC_URL ?? productAddress } },
} as const;
const { values, positionals } = readOptions(operator);

function commandOf([name, argument]: string[]): object | null {
  switch (name) {
    case "status":
    case "invite":
      return { command: name };
    case "capacity":
      return /^\d+$/.test(argument ?? "") ? { command: name, places: Number(argument) } : null;
    case "approve":
    case "evict":
      return argument ? { command: name, code: argument } : null;
    default:
      return null;
  }
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

const { protocol, hostname } = new URL(values.url);
const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
if (protocol !== "https:" && !isLoopback) {
  stop(`The key is sent over https, or to this computer. ${values.url} is neither.`);
}
const command = commandOf(positionals) ?? stop(describeUsage(operator));
const key = process.env.OPERATOR_KEY ?? stop("Set OPERATOR_KEY in the environment to the key the server has.");
const response = await fetch(`${values.url}/operator`, {
  method: "POST",
  headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
  body: JSON.stringify(command),
  redirect: "manual", // the key goes to the given address and no other
}).catch(() => stop(`No server answers at ${values.url}.`));
if (response.status === 404 && !response.headers.get("content-type")?.includes("json")) {
  stop(`${values.url} has no OPERATOR_KEY set, so it takes no commands.`);
}
if (response.status >= 300 && response.status < 400) stop(`${values.url} leads to another address. Use that one.`);
const answer = await response.json();
if (!response.ok) stop(String((answer as { error?: string }).error)); // the error shape of this route
console.log(JSON.stringify(answer, null, 2));
