import { z } from "zod";
import { machineNow } from "../sandbox/clock/machine-now.ts";
import { startClock } from "../sandbox/clock/start-clock.ts";
import { addDays, dayAtOffset } from "../src/analytics/day.ts";
import { type OuraRouteName, ouraRouteNames, ouraRoutes, pathOf } from "../src/oura/routes.ts";
import { compareDocuments } from "./contract/compare-documents.ts";
import { type ContractSource, isReachable, ouraSandbox, simulatorSource } from "./contract/contract-source.ts";
import { printTable } from "./evaluate-answers/print-table.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run contract [-- --simulator] [--api https://api.ouraring.com]`: reads every route we use and reports
 * differences from our schemas. Fails if there are any.
 */
const { values } = readOptions({
  name: "npm run contract",
  options: { simulator: { type: "flag" }, api: { type: "address", default: "https://api.ouraring.com" } },
});
const now = values.simulator ? startClock().now() : machineNow();
const source = await chooseSource();
console.log(`Reading ${source.name} …\n`);
const reports = await Promise.all(
  ouraRouteNames
    .filter((name) => !source.lacks.includes(pathOf(name)))
    .map(async (name) => ({ name, said: await inspect(name, source) })),
);
printTable(
  ["read as", "documents", "to look at"],
  reports.map(({ name, said }) => [name, said.documents, said.surprises.join("; ") || "nothing"]),
);
const surprises = reports.filter(({ said }) => said.surprises.length > 0).length;
console.log(`\n${reports.length - surprises} of ${reports.length} as expected`);
if (surprises > 0) process.exitCode = 1;

async function chooseSource(): Promise<ContractSource> {
  if (values.simulator) return simulatorSource(now);
  if (await isReachable(values.api)) return ouraSandbox(values.api);
  console.log(`${values.api} cannot be reached from here: using the simulator instead.`);
  return simulatorSource(now);
}

async function inspect(name: OuraRouteName, from: ContractSource): Promise<{ documents: number; surprises: string[] }> {
  const answer = await from.read(pathOf(name), queryOf(name));
  if ("problem" in answer) return { documents: 0, surprises: [answer.problem] };
  const list = z.object({ data: z.array(z.unknown()), next_token: z.string().nullish() }).safeParse(answer.body);
  const isSingle = ouraRoutes[name].asks === "single";
  if (!isSingle && !list.success) return { documents: 0, surprises: ["no list of documents"] };
  const { documents, unreadable, absent, unread } = compareDocuments(
    ouraRoutes[name].schema,
    list.data?.data ?? [answer.body],
  );
  const surprises = [
    unreadable > 0 ? `${unreadable} cannot be read` : null,
    absent.length > 0 ? `never there: ${absent.join(", ")}` : null,
    unread.length > 0 ? `not read: ${unread.join(", ")}` : null,
  ].filter((surprise) => surprise !== null);
  return { documents, surprises };
}

/** A month of days, a day of instants: enough for every field to occur. */
function queryOf(name: OuraRouteName): URLSearchParams {
  const today = dayAtOffset(now, 0);
  switch (ouraRoutes[name].asks) {
    case "days":
    case "spans":
      return new URLSearchParams({ start_date: addDays(today, -60), end_date: today });
    case "times": {
      const start_datetime = new Date(now - 86_400_000).toISOString();
      return new URLSearchParams({ start_datetime, end_datetime: new Date(now).toISOString() });
    }
    case "latest":
    case "all":
    case "single":
      return new URLSearchParams();
  }
}
