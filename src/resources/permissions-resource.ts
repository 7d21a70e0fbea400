import { scopes } from "../oura/scopes.ts";
import { missingReasons } from "../question/missing-reasons.ts";
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
            .map((tool) => tool.name)
            .join(", ") || (name === "personal" ? "oura_get_device with include_profile" : ""),
        ]),
      ),
      "",
      "## Why something is missing",
      "",
      ...Object.entries(missingReasons).map(([reason, words]) => `- ${reason}: ${words}`),
    ].join("\n");
  },
};
