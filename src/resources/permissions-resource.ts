import { type ScopeName, scopes } from "../oura/scopes.ts";
import { missingReasons } from "../question/missing-reasons.ts";
import type { Tool } from "../question/tool.ts";
import { sayExplainingScopes } from "../question/tool-scopes.ts";
import { tools } from "../tools/index.ts";
import { type Resource, writeTable } from "./define-resource.ts";

export const permissionsResource: Resource = {
  name: "permissions",
  uri: "ringbridge://permissions",
  title: "Permissions",
  description: "What each permission unlocks, which tools use it, and what the reasons for missing data mean.",
  text() {
    return [
      "# Permissions",
      "",
      "A person decides twice: what Ōura shares, and what each assistant may read of that. oura_get_permissions tells " +
        "what is granted now. A tool answers the parts it may and names the rest.",
      "",
      writeTable(
        ["permission", "label", "unlocks", "used by"],
        scopes.map(({ name, label, unlocks }) => [
          name,
          label,
          unlocks,
          tools
            .filter((tool) => tool.scopes.includes(name))
            .map((tool) => sayUse(tool, name))
            .join(", "),
        ]),
      ),
      "",
      sayExplainingScopes(),
      "",
      "## Why something is missing",
      "",
      ...Object.entries(missingReasons).map(([reason, words]) => `- ${reason}: ${words}`),
    ].join("\n");
  },
};

/**
 * The name of a tool that uses the scope (permission). If the tool uses the scope only for a part of its answers, the
 * text also names this part.
 */
function sayUse({ name, partScopes }: Tool, scope: ScopeName): string {
  const part = partScopes[scope];
  return part === undefined ? name : `${name} (${part})`;
}
