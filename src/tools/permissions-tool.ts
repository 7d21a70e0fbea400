import * as z from "zod";
import { type Standing, standingFailure } from "../connection/standing.ts";
import { describeFailure } from "../errors.ts";
import { listScopeLabels, type ScopeName, scopes } from "../oura/scopes.ts";
import type { Access } from "../question/access.ts";
import { defineAccountTool } from "../question/define-tool.ts";
import { sayScopes } from "../question/tool-scopes.ts";
import { joinSentences } from "../words/present.ts";
import { withheldSentence } from "../words/withheld.ts";
import { dataTools } from "./data-tools.ts";

export const permissionsTool = defineAccountTool({
  name: "oura_get_permissions",
  title: "Ōura permissions",
  description:
    "What this assistant may read and what not, which tools that limits, whether Ōura is connected, and where " +
    "the person changes it. For answers that say not granted or not connected.",
  input: z.strictObject({}),
  output: z.object({
    summary: z.string(),
    connection: z.enum(["not_registered", "pending", "not_connected", "connected", "needs_reconnect", "key_changed"]),
    columns: z.array(z.string()),
    // No tuples, because some clients read schemas as JSON Schema draft-07, in which tuples are written differently.
    rows: z.array(z.array(z.string())),
    limited_tools: z.array(z.object({ tool: z.string(), needs: z.string() })),
    manage_at: z.string(),
    withheld: z.string(),
  }),
  answer(_input, { access, standing, panelUrl }) {
    const limited = dataTools.flatMap((tool) => {
      const lacking = tool.scopes.filter((name) => !isAllowed(access, name));
      return lacking.length > 0 ? [{ tool: tool.name, needs: sayScopes(lacking, tool.partScopes) }] : [];
    });
    return {
      summary: summarize(access, standing, panelUrl),
      connection: standing.kind,
      columns: ["permission", "label", "granted_by_oura", "allowed_for_this_assistant", "unlocks"],
      rows: scopes.map(({ name, label, unlocks }) => [
        name,
        label,
        access.oura.includes(name) ? "yes" : "no",
        access.assistant.includes(name) ? "yes" : "no",
        unlocks,
      ]),
      limited_tools: limited,
      manage_at: panelUrl,
      withheld: withheldSentence,
    };
  },
});

function isAllowed(access: Access, name: ScopeName): boolean {
  return access.oura.includes(name) && access.assistant.includes(name);
}

function summarize(access: Access, standing: Standing, panelUrl: string): string {
  const failure = standingFailure(standing);
  if (failure) return describeFailure(failure, { home: panelUrl, panel: panelUrl });
  const names = scopes.map((scope) => scope.name);
  const lackedBy = (lackedAtOura: boolean, lackedHere: boolean) =>
    names.filter(
      (name) => access.oura.includes(name) !== lackedAtOura && access.assistant.includes(name) !== lackedHere,
    );
  const [notAtOura, notHere, neither] = [lackedBy(true, false), lackedBy(false, true), lackedBy(true, true)];
  const readable = names.filter((name) => isAllowed(access, name)).length;
  const atOura = `open ${panelUrl}, press Reconnect and tick`;
  const here = `${access.hasToken ? "make a new access token" : "connect the assistant again"} and tick`;
  return joinSentences(
    `Ōura is connected. This assistant may read ${readable} of ${names.length} kinds of data.`,
    access.isProvenByReads
      ? "Ōura did not say which permissions it granted; these are the ones that a test read of each showed."
      : null,
    notAtOura.length > 0
      ? `Not granted at Ōura: ${listScopeLabels(notAtOura)}; to add, ${atOura} ${itOrThem(notAtOura)} there.`
      : null,
    notHere.length > 0
      ? `Granted at Ōura but not to this assistant: ${listScopeLabels(notHere)}; to add, ${here} ${itOrThem(notHere)}.`
      : null,
    neither.length > 0
      ? `Granted neither at Ōura nor to this assistant: ${listScopeLabels(neither)}; to add, both steps are needed: ${atOura} ${itOrThem(neither)} there, then ${here} ${itOrThem(neither)} again.`
      : null,
  );
}

function itOrThem(names: readonly ScopeName[]): string {
  return names.length === 1 ? "it" : "them";
}
