import { z } from "zod";

const deployed = z.object({ type: z.literal("deploy"), targets: z.array(z.string()).default([]) });
const failed = z.object({ type: z.literal("command-failed"), code: z.number() });
const namespaces = z.array(z.object({ id: z.string(), title: z.string() }));
const secrets = z.array(z.object({ name: z.string() }));

/** A host name, alone or as a route for all of its paths. */
const wholeHost = /^(?:https?:\/\/)?([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)(?:\/\*?)?$/u;

/**
 * The public address from wrangler's report of a deployment (one JSON object per line). Passkeys and Ōura's redirect
 * URL belong to one host, so prefer a custom domain, then a route, then workers.dev. Null if no target is a whole host:
 * not schedules, routes with a wildcard in the host or for some paths only, and disabled domains.
 */
export function readDeployedUrl(report: string): string | null {
  const lines = report.split("\n").filter((text) => text.trim() !== "");
  const targets = lines.flatMap((line) => deployed.safeParse(JSON.parse(line)).data?.targets ?? []);
  const hosts = targets
    .filter((target) => !target.includes("production: disabled"))
    .map((target) => ({ host: target.split(" ")[0]?.match(wholeHost)?.[1], custom: target.includes("(custom domain") }))
    .filter(({ host }) => host !== undefined);
  const best =
    hosts.find(({ custom }) => custom) ?? hosts.find(({ host }) => !host?.endsWith(".workers.dev")) ?? hosts[0];
  return best ? (URL.parse(`https://${best.host}`)?.origin ?? null) : null;
}

export function namespaceExists(report: string): boolean {
  const lines = report.split("\n").filter((text) => text.trim() !== "");
  return lines.some((line) => failed.safeParse(JSON.parse(line)).data?.code === 10014);
}

/** The id of the KV namespace with that title in wrangler's list, or null. */
export function readNamespaceId(output: string, title: string): string | null {
  const list = namespaces.parse(JSON.parse(output.slice(output.indexOf("["))));
  return list.find((namespace) => namespace.title === title)?.id ?? null;
}

/**
 * Names in wrangler's list of secrets; ignores text before the list. Null if there is no list: treating that as an
 * empty list would replace the token keys in use.
 */
export function readSecretNames(output: string): string[] | null {
  const list = output.match(/^\[\s*(?:\]|\{[\s\S]*\}\s*\])/m)?.[0];
  return list === undefined ? null : secrets.parse(JSON.parse(list)).map(({ name }) => name);
}

/** Whether `whoami --json` says that nobody is signed in. Wrangler itself prints any other failure. */
export function isSignedOut(output: string): boolean {
  return /"loggedIn":\s*false/.test(output);
}
