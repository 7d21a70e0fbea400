import { machineNow } from "../../sandbox/clock/machine-now.ts";
import { usualTokenUrl } from "../../src/config.ts";
import { checkApp } from "../../src/oura/oauth.ts";
import { askFor } from "./ask-for.ts";
import { findObjection } from "./find-objection.ts";

const attempts = 3;

export type App = Partial<Record<"OURA_CLIENT_ID" | "OURA_CLIENT_SECRET", string>>;
type Name = keyof App;

/**
 * The values for the given names, trimmed and checked: from the environment, or typed at a terminal, where a wrong one
 * is asked for again. If both are given, Ōura is asked whether it accepts them.
 * @param variables the worker's plain variables, which may name another token endpoint
 * @returns the values, or a message that says what is wrong
 */
export async function askApp(
  names: readonly Name[],
  variables: Readonly<Record<string, unknown>>,
): Promise<{ kind: "given"; app: App } | { kind: "wrong"; message: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const app: App = {};
    for (const name of names) {
      const given = await askOne(name);
      if (given.kind === "wrong") return given;
      app[name] = given.value;
    }
    const message = await findRefusal(app, variables);
    if (message === null) return { kind: "given", app };
    if (!process.stdin.isTTY || isInEnvironment(names) || attempt === attempts) return { kind: "wrong", message };
    console.log(`\n${message}\n`);
  }
}

async function askOne(name: Name): Promise<{ kind: "given"; value: string } | { kind: "wrong"; message: string }> {
  const given = process.env[name];
  for (let attempt = 1; ; attempt += 1) {
    const value = (given ?? (await askFor(name)) ?? "").trim();
    const objection = findObjection(name, value);
    if (objection === null) return { kind: "given", value };
    if (value === "" && given === undefined) {
      return {
        kind: "wrong",
        message: `${name} is missing. Run \`npm run deploy\` in a terminal, or set ${name} in the environment.`,
      };
    }
    const message = `${name} ${objection}. Copy it from your Ōura app.`;
    if (given !== undefined || attempt === attempts) return { kind: "wrong", message: `${message} Nothing was set.` };
    console.log(message);
  }
}

/** What Ōura objects to, or null. An Ōura that does not answer is no objection: the doctor can ask later. */
async function findRefusal(app: App, variables: Readonly<Record<string, unknown>>): Promise<string | null> {
  if (app.OURA_CLIENT_ID === undefined || app.OURA_CLIENT_SECRET === undefined) return null;
  if (app.OURA_CLIENT_ID === app.OURA_CLIENT_SECRET)
    return "The id and the secret are the same. Copy each from your Ōura app.";
  const config = {
    clientId: app.OURA_CLIENT_ID,
    clientSecret: app.OURA_CLIENT_SECRET,
    tokenUrl: String(variables.OURA_TOKEN_URL ?? process.env.OURA_TOKEN_URL ?? usualTokenUrl),
  };
  switch (await checkApp({ config, fetch, now: machineNow })) {
    case "accepted":
      console.log("Ōura accepts this id and secret.");
      return null;
    case "refused":
      return "Ōura refuses this id or secret. Copy both from your Ōura app. Nothing was set.";
    case "unknown":
      console.log("Ōura did not say whether it accepts this id and secret; `npm run doctor` asks it later.");
      return null;
  }
}

function isInEnvironment(names: readonly Name[]): boolean {
  return names.some((name) => process.env[name] !== undefined);
}
