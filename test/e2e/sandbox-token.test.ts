import { expect, it } from "vitest";
import { origin } from "./origin.ts";
import { callTool, postMcp } from "./plain-client.ts";
import { type ProgramResult, runNode } from "./run-node.ts";
import { recordSecrets } from "./witness.ts";

it("prints a working token as its last line, for any person and any scopes", async () => {
  const gen2 = await runToken("--person", "gen2");
  expect(gen2).toMatchObject({ exitCode: 0, errors: expect.stringContaining("connecting as gen2") });
  const token = gen2.output.trimEnd().split("\n").at(-1) ?? "";
  recordSecrets([token]);
  expect(await callTool(origin, token, "oura_get_device")).toMatchObject({
    structuredContent: { summary: expect.stringContaining("Ōura Ring Gen2") },
  });

  const again = await runToken("--person", "gen2");
  expect(again).toMatchObject({ exitCode: 0, errors: expect.stringContaining("Took gen2 over") });
  expect((await postMcp(origin, token, "tools/list")).status).toBe(401); // one account per person

  const daily = await runToken("--person", "new", "--scope", "daily", "--json");
  const client: unknown = JSON.parse(daily.output);
  expect(client).toMatchObject({
    scope: "daily offline_access",
    resource: `${origin}/mcp`,
    client_id: expect.any(String),
    refresh_token: expect.any(String),
    token_endpoint: `${origin}/oauth/token`,
  });
  const { access_token: dailyToken } = client as { access_token: string }; // the client was printed as JSON
  expect(await callTool(origin, dailyToken, "oura_get_device")).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining("not allowed to read Ring Configuration") }],
  });
  expect(await callTool(origin, dailyToken, "oura_get_daily_summary")).not.toHaveProperty("isError");
});

it("says what to do if it fails", async () => {
  expect(await runToken("--person", "nobody")).toMatchObject({
    exitCode: 1,
    output: "",
    errors: expect.stringMatching(/"nobody".*everyday.*gen2/s),
  });
  expect(await runToken("--scope", "dayly")).toMatchObject({
    exitCode: 1,
    errors: expect.stringMatching(/"dayly".*daily heartrate/s),
  });
  expect(await runToken("--url", "http://localhost:9")).toMatchObject({
    exitCode: 1,
    errors: expect.stringContaining("npm start"),
  });
  expect(await runToken("--port", "9000")).toMatchObject({
    exitCode: 1,
    errors: expect.stringMatching(/no option --port.*--url ADDRESS/s),
  });
});

it("prints a token of the simulated Oura on request", async () => {
  const { output } = await runToken("--oura", "--person", "gen2", "--scope", "personal");
  const response = await fetch(`${origin}/sandbox/oura/v2/usercollection/personal_info`, {
    headers: { authorization: `Bearer ${output.trim()}` },
  });
  expect(await response.json()).toMatchObject({ age: expect.closeTo(52, 1) });
});

function runToken(...parameters: string[]): Promise<ProgramResult> {
  return runNode(["sandbox/token.ts", "--url", origin, ...parameters]);
}
