import type { z } from "zod";
import { publishInput, publishOutput } from "../../src/mcp/publish-schema.ts";
import type { Tool } from "../../src/question/tool.ts";
import { sayExplainingScopes, sayScopes } from "../../src/question/tool-scopes.ts";

type Described = Pick<Tool, "name" | "title" | "description" | "input" | "output" | "scopes" | "partScopes">;
type JsonSchema = z.core.JSONSchema.BaseSchema;

const head = `# Tools

Made from the code by \`npm run docs:tools\`; a test holds it current. Every tool only reads, and answers the same object as
structured content and as text: \`summary\` first, then rows, then \`missing\` with a reason for every gap.

Each tool names the permissions with which it reads. A text in parentheses after a permission names the part of the answers for which
the tool uses it.

${sayExplainingScopes()}
`;

export function describeTools(tools: readonly Described[]): string {
  return `${[head, ...tools.map(describeTool)].join("\n").trimEnd()}\n`;
}

function describeTool({ name, title, description, input, output, scopes, partScopes }: Described): string {
  const inputs = propertiesOf(publishInput(input));
  const outputs = propertiesOf(publishOutput(output));
  return [
    `## ${name}`,
    "",
    `**${title}.** ${description}`,
    "",
    scopes.length === 0 ? "Needs no permission." : `Reads with: ${sayScopes(scopes, partScopes)}.`,
    "",
    ...(inputs.length === 0
      ? ["Takes no arguments."]
      : ["| argument | type | default | meaning |", "|---|---|---|---|", ...inputs.map(inputRow)]),
    "",
    `Answers: ${outputs.map(({ name: field, isRequired }) => `\`${field}\`${isRequired ? "" : " (where there is one)"}`).join(", ")}.`,
    "",
  ].join("\n");
}

interface Property {
  name: string;
  schema: JsonSchema;
  isRequired: boolean;
}

function propertiesOf({ properties = {}, required = [] }: JsonSchema): Property[] {
  return Object.entries(properties).flatMap(([name, schema]) =>
    typeof schema === "object" ? [{ name, schema, isRequired: required.includes(name) }] : [],
  );
}

function inputRow({ name, schema, isRequired }: Property): string {
  const fallback =
    schema.default === undefined ? (isRequired ? "required" : "") : `\`${JSON.stringify(schema.default)}\``;
  const cells = [`\`${name}\``, typeOf(schema), fallback, schema.description ?? ""];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((one) => `\`${one}\``).join(", ");
  if (schema.type === "array" && typeof schema.items === "object" && !Array.isArray(schema.items))
    return `list of ${typeOf(schema.items)}`;
  const { minimum, maximum } = schema;
  return `${schema.type ?? "any"}${minimum !== undefined && maximum !== undefined ? ` ${minimum} to ${maximum}` : ""}`;
}
