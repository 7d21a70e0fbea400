import { writeFileSync } from "node:fs";
import { tools } from "../src/tools/index.ts";
import { describeTools } from "./tools-reference/describe-tools.ts";

/** `npm run docs:tools`: writes docs/tools.md from the tool definitions. */
const path = "docs/tools.md";
writeFileSync(path, describeTools(tools));
console.log(`Wrote ${path} for ${tools.length} tools.`);
