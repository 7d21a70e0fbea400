import { runNode } from "./run-node.ts";

/** The operator key of the servers that these tests start. */
const operatorKey = "operator-key-of-the-browser-tests";

/** The setting a server needs for {@link runOperator}. */
export const operatorVariable = `OPERATOR_KEY:${operatorKey}`;

/** `npm run operator -- …` against a running server; returns its output. */
export async function runOperator(origin: string, ...parameters: string[]): Promise<unknown> {
  const script = ["scripts/operator.ts", ...parameters, "--url", origin];
  const { exitCode, output, errors } = await runNode(script, { OPERATOR_KEY: operatorKey });
  if (exitCode !== 0) throw new Error(errors);
  return JSON.parse(output);
}
