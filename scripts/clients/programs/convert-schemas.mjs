// What libraries make of the tools' input schemas before they send them to a language model. Each library gets a network
// that only writes down what it would send. Reads the list of tools from standard input and prints what was lost, as JSON.
import { readFileSync } from "node:fs";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { mcpToTool } from "@google/genai";
import { tool as langchainTool } from "@langchain/core/tools";
import { ChatGoogleGenerativeAI } from "@langchain/google-genai";
import { ChatOpenAI } from "@langchain/openai";
import { mcpToFunctionTool } from "@openai/agents";
import { dynamicTool, generateText, jsonSchema } from "ai";

const tools = JSON.parse(readFileSync(0, "utf8"));
let sent = null;
globalThis.fetch = async (input, init) => {
  sent = JSON.parse(init?.body ?? (await input.text()));
  return Response.json({ error: { message: "There is no network here." } }, { status: 400 });
};

/** What a library sends for a question with all tools. */
async function send(ask) {
  sent = null;
  await ask().catch((error) => {
    if (sent === null) throw error;
  });
  return sent;
}

const declarations = (body) => body.tools.flatMap((one) => one.functionDeclarations);
const parametersOf = (one) => one.parametersJsonSchema ?? one.parameters;
const aiTools = Object.fromEntries(
  tools.map(({ name, description, inputSchema }) => [
    name,
    dynamicTool({ description, inputSchema: jsonSchema(inputSchema), execute: async () => "" }),
  ]),
);
const chainTools = tools.map(({ name, description, inputSchema }) =>
  langchainTool(async () => "", { name, description, schema: inputSchema }),
);
const listed = { name: "ringbridge", listTools: async () => ({ tools }), callTool: async () => ({ content: [] }) };

const converters = [
  {
    name: "@google/genai, function declarations",
    package: "@google/genai",
    async convert() {
      const { functionDeclarations } = await mcpToTool(listed).tool();
      return functionDeclarations.map(parametersOf);
    },
  },
  {
    name: "AI SDK, Gemini",
    package: "@ai-sdk/google",
    async convert() {
      const model = createGoogleGenerativeAI({ apiKey: "none" })("gemini-2.5-flash");
      const body = await send(() => generateText({ model, tools: aiTools, prompt: "?", maxRetries: 0 }));
      return declarations(body).map(parametersOf);
    },
  },
  {
    name: "AI SDK, OpenAI",
    package: "@ai-sdk/openai",
    async convert() {
      const model = createOpenAI({ apiKey: "none" })("gpt-5");
      const body = await send(() => generateText({ model, tools: aiTools, prompt: "?", maxRetries: 0 }));
      return body.tools.map(({ parameters }) => parameters);
    },
  },
  {
    name: "LangChain, Gemini",
    package: "@langchain/google-genai",
    async convert() {
      const model = new ChatGoogleGenerativeAI({ model: "gemini-2.5-flash", apiKey: "none", maxRetries: 0 });
      const body = await send(() => model.bindTools(chainTools).invoke("?"));
      return declarations(body).map(parametersOf);
    },
  },
  {
    name: "LangChain, OpenAI",
    package: "@langchain/openai",
    async convert() {
      const model = new ChatOpenAI({ model: "gpt-4.1", apiKey: "none", maxRetries: 0 });
      const body = await send(() => model.bindTools(chainTools).invoke("?"));
      return body.tools.map((one) => (one.function ?? one).parameters);
    },
  },
  {
    name: "OpenAI Agents, strict",
    package: "@openai/agents",
    convert: async () => tools.map((one) => mcpToFunctionTool(one, listed, true).parameters),
  },
];

/** Keywords of a schema that are gone or changed, as "path: keyword". */
function lossesOf(schema, found, path) {
  const converted = withoutNull(found);
  if (schema.type === "object" && Object.keys(schema.properties).length === 0) return []; // it takes no arguments
  if (typeof converted !== "object" || converted === null) return [`${path}: everything`];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const kept = converted[keyword];
    if (keyword === "properties") {
      return Object.entries(value).flatMap(([name, one]) => lossesOf(one, kept?.[name], `${path}.${name}`));
    }
    if (keyword === "items") return lossesOf(value, kept, `${path}[]`);
    return isSame(value, kept) ? [] : [`${path}: ${keyword}`];
  });
}

/** Strict schemas of OpenAI require every argument, and take null for one that is not given. */
function withoutNull(schema) {
  const others = schema?.anyOf?.filter(({ type }) => type !== "null");
  return others?.length === 1 ? others[0] : schema;
}

/** Gemini writes types in capitals. */
function isSame(value, kept) {
  return JSON.stringify(kept)?.toLowerCase() === JSON.stringify(value).toLowerCase();
}

const results = [];
for (const { name, package: source, convert } of converters) {
  const { version } = JSON.parse(readFileSync(new URL(`node_modules/${source}/package.json`, import.meta.url), "utf8"));
  try {
    const converted = await convert();
    const losses = tools.flatMap(({ name: tool, inputSchema }, index) => lossesOf(inputSchema, converted[index], tool));
    results.push({ name, version, tools: converted.length, losses });
  } catch (error) {
    results.push({ name, version, tools: 0, losses: [`failed: ${error.message}`] });
  }
}
console.log(JSON.stringify(results));
process.exit(0);
