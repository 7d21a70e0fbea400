import type { z } from "zod";
import { publishInput, publishOutput } from "../../src/mcp/publish-schema.ts";
import { scopes } from "../../src/oura/scopes.ts";
import type { Tool } from "../../src/question/tool.ts";

type Described = Pick<Tool, "name" | "title" | "description" | "input" | "output" | "scopes">;
type JsonSchema = z.core.JSONSchema.BaseSchema;

const head = `# Tools

Made from the code by \`npm run docs:tools\`; a test holds it current. Every tool only reads, and answers the same object as
structured content and as text: \`summary\` first, then rows, then \`missing\` with a reason for every gap.
`;

export function describeTools(tools: readonly Described[]): string {
  return `${[head, ...tools.map(describeTool)].join("\n").trimEnd()}\n`;
}

function describeTool({ name, title, description, input, output, scopes: needs }: Described): string {
  const labels = needs.map((need) => scopes.find((scope) => scope.name === need)?.label ?? need);
  const inputs = propertiesOf(publishInput(input));
  const outputs = propertiesOf(publishOutput(output));
  return [
    `## ${name}`,
    "",
    `**${title}.** ${description}`,
    "",
    labels.length === 0 ? "Needs no permission." : `Reads with: ${labels.join(", ")}.`,
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
