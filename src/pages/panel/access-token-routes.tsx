import { Hono } from "hono";
import { AppError } from "../../errors.ts";
import { createRecordId } from "../../grants/access-token.ts";
import { accessTokenLifetime } from "../../grants/make-access-token.ts";
import { defaultScopeNames, isScopeName } from "../../oura/scopes.ts";
import { unwrap } from "../../outcome.ts";
import type { AppContext, AppEnv } from "../../web/app.ts";
import { presentableName } from "../../web/client-name.ts";
import { readForm, readFormList } from "../../web/forms.ts";
import { page } from "../../web/respond.tsx";
import { requireSession } from "../../web/session.ts";
import { putOnOneLine } from "../../words/one-line.ts";
import { type AccessTokenForm, AccessTokenPage, longestTokenName, NewAccessTokenPage } from "./access-token-page.tsx";

/**
 * A person can make an access token for a program only if the person signed in within the last half day. The same rule
 * applies when a person allows an assistant.
 */
export const accessTokenRoutes = new Hono<AppEnv>();

accessTokenRoutes.get("/access-token", async (c) => {
  const { mayAllow } = unwrap(await (await requireSession(c)).readPanel());
  if (!mayAllow) throw new AppError({ kind: "proof_needed" });
  return showForm(c, { id: createRecordId(), name: "", scopes: defaultScopeNames, days: 90 }, null);
});

accessTokenRoutes.post("/access-token", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { id = "", name: typed = "", days: sentDays } = await readForm(c);
  const name = putOnOneLine(typed);
  const scopes = (await readFormList(c, "scope")).filter(isScopeName);
  const days = accessTokenLifetime.safeParse(sentDays).data ?? null;
  const problem = findProblem(name, scopes, days);
  if (days === null || problem !== null) return showForm(c, { id, name, scopes, days: days ?? 90 }, problem);
  const made = await agent.makeAccessToken(secret, { id, name: presentableName(name, []), scopes, days });
  if (!made.ok && made.failure.kind === "form_expired") return c.redirect("/panel?message=token-made-before", 303);
  const { token } = unwrap(made);
  return page(
    c,
    { title: "Your access token", scripts: ["copy"] },
    <NewAccessTokenPage token={token} mcpUrl={`${c.get("origin")}/mcp`} />,
  );
});

function showForm(c: AppContext, form: AccessTokenForm, problem: string | null) {
  return page(c, { title: "New access token" }, <AccessTokenPage form={form} problem={problem} />);
}

function findProblem(name: string, scopes: readonly string[], days: number | null): string | null {
  if (name === "" || name.length > longestTokenName)
    return `Give the token a name of 1 to ${longestTokenName} characters.`;
  if (scopes.length === 0) return "Tick at least one kind of data.";
  return days === null ? "Choose when the token expires." : null;
}
