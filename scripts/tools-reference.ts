import { writeFileSync } from "node:fs";
import { tools } from "../src/tools/index.ts";
import { describeTools } from "./tools-reference/describe-tools.ts";

/** `npm run docs:tools`: writes docs/tools.md from the tools themselves. */
const path = "docs/tools.md";
writeFileSync(path, describeTools(tools));
console.log(`${path} says what ${tools.length} tools do.`);
