import { productAddress } from "../sandbox/local-ports.ts";
import { describeUsage, readOptions } from "./read-options.ts";

/**
 * `OPERATOR_KEY=… npm run operator -- status|check|capacity N|capacity default|approve CODE|evict CODE|invite
 * [--url https://bridge.example]`: sends an operator command to a running server. The key comes from the environment, so
 * that it is not in the shell's history.
 */
const operator = {
  name: "npm run operator",
  takes: { words: "status|check|capacity N|capacity default|approve CODE|evict CODE|invite", atMost: 2 },
  options: { url: { type: "address", default: process.env.PUBLIC_URL ?? productAddress } },
} as const;
const { values, positionals } = readOptions(operator);

function commandOf([name, argument]: string[]): object | null {
  switch (name) {
    case "status":
    case "check":
    case "invite":
      return { command: name };
    case "capacity":
      if (argument === "default") return { command: name, places: null };
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

const address = URL.parse(values.url);
if (address === null) stop(`"${values.url}" is not an address; write one like https://ringbridge.example.`);
const { origin, protocol, hostname } = address;
const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
if (protocol !== "https:" && !isLoopback) {
  stop(`The key is sent over https, or to this computer. ${origin} is neither.`);
}
const command = commandOf(positionals) ?? stop(describeUsage(operator));
const key = process.env.OPERATOR_KEY ?? stop("Set OPERATOR_KEY in the environment to the key the server has.");
const response = await fetch(`${origin}/operator`, {
  method: "POST",
  headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
  body: JSON.stringify(command),
  redirect: "manual", // the key goes to the given address and no other
}).catch(() => stop(`No server answers at ${origin}.`));
if (response.status >= 300 && response.status < 400) stop(`${origin} leads to another address. Use that one.`);
const text = await response.text();
const answer = parseJson(text);
if (answer === null) {
  const firstLine = text.trim().split("\n")[0]?.slice(0, 200) || "nothing";
  const isPage = response.headers.get("content-type")?.includes("text/html") ?? false;
  if (response.status === 404 && isPage && text.includes("There is no such page")) {
    stop(`${origin} has no OPERATOR_KEY set, so it takes no commands.`);
  }
  stop(`${origin} did not answer as Ringbridge does. Status ${response.status}, first line: ${firstLine}`);
}
if (!response.ok) stop("error" in answer ? String(answer.error) : `${origin} answered with status ${response.status}.`);
console.log(JSON.stringify(answer, null, 2));
if (positionals[0] === "capacity" && positionals[1] !== "default") {
  console.error("This overrides BETA_CAPACITY, also after a deployment. `capacity default` applies the setting again.");
}

/** The object in a JSON text, or null if it is none. */
function parseJson(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
