import { text } from "node:stream/consumers";

/**
 * Stands in for a model behind a command (`npm run ask -- --model`): it asks for October's steps, and answers with the sum
 * that the tool's result names.
 */
const prompt = await text(process.stdin);
const steps = /([\d,]+) steps in all/.exec(prompt.split("# Its result")[1] ?? "")?.[1];
const call = {
  tool: "oura_get_statistics",
  arguments: { metrics: ["steps"], start_date: "2026-10-01", end_date: "2026-10-31" },
};
console.log("Let me see.");
console.log(JSON.stringify(steps === undefined ? call : { answer: `${steps} steps`, values: { steps } }));
