import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describeNotices, objectionTo } from "./licences/describe-notices.ts";
import { shippedPackages } from "./licences/shipped-packages.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run licences [-- --write]`: builds the deployment and checks the licence of every package in it against a list.
 * Fails if THIRD-PARTY-NOTICES.txt is not up to date; with --write it writes that file.
 */
const { values } = readOptions({ name: "npm run licences", options: { write: { type: "flag" } } });
const path = "THIRD-PARTY-NOTICES.txt";

const packages = await shippedPackages();
const notices = describeNotices(packages);
const objections = packages.flatMap((each) => objectionTo(each) ?? []);
for (const objection of objections) console.error(objection);

if (values.write && objections.length === 0) writeFileSync(path, notices);
const current = existsSync(path) && readFileSync(path, "utf8").replaceAll("\r\n", "\n") === notices;
if (!current)
  console.error(`${path} is out of date. Run \`npm run licences -- --write\`, review the changes and commit them.`);

console.log(
  `${packages.length} packages in what is deployed, ${objections.length} with a licence that is not allowed.`,
);
if (objections.length > 0 || !current) process.exitCode = 1;
