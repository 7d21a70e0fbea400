import { z } from "zod";

const deployed = z.object({ type: z.literal("deploy"), targets: z.array(z.string()).default([]) });
const secrets = z.array(z.object({ name: z.string() }));

/** The first https address in what wrangler reports of a deployment, one JSON object a line; null where it names none. */
export function readDeployedUrl(report: string): string | null {
  for (const line of report.split("\n").filter((text) => text.trim() !== "")) {
    const entry = deployed.safeParse(JSON.parse(line));
    const target = entry.data?.targets.find((text) => /^(https:\/\/)?[a-z0-9.-]+\.[a-z]+\/?( |$)/.test(text));
    if (target) return new URL(target.startsWith("https://") ? target : `https://${target.split(" ")[0]}`).origin;
  }
  return null;
}

/** Names in the list of secrets, past whatever is printed before it. */
export function readSecretNames(output: string): string[] {
  const start = output.indexOf("[\n");
  const list = start >= 0 ? output.slice(start) : output.slice(Math.max(0, output.indexOf("[{")));
  return secrets.parse(JSON.parse(list.trim() === "" ? "[]" : list)).map(({ name }) => name);
}
