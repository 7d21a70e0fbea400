import { writeFileSync } from "node:fs";
import type { Tool } from "../src/question/tool.ts";
import { tools } from "../src/tools/index.ts";
import { describeTools } from "./tools-reference/describe-tools.ts";

/** `npm run docs:tools`: writes docs/tools.md from the tools themselves. */
const path = "docs/tools.md";
// The list keeps each tool's own types; its words and schemas are all this reads.
writeFileSync(path, describeTools(tools as unknown as readonly Tool[]));
console.log(`${path} says what ${tools.length} tools do.`);
