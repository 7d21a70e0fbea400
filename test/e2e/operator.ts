import { runNode } from "./run-node.ts";

/** The key of the servers these tests start, and of nothing else. */
const operatorKey = "operator-key-of-the-browser-tests";

/** What a server needs so that {@link runOperator} may command it. */
export const operatorVariable = `OPERATOR_KEY:${operatorKey}`;

/** `npm run operator -- …` against a running server; what it prints. */
export async function runOperator(origin: string, ...parameters: string[]): Promise<unknown> {
  const script = ["scripts/operator.ts", ...parameters, "--url", origin];
  const { exitCode, output, errors } = await runNode(script, { OPERATOR_KEY: operatorKey });
  if (exitCode !== 0) throw new Error(errors);
  return JSON.parse(output);
}
