import { describe, expect, it } from "vitest";
import page from "../../docs/hosts.md?raw";
import { writeRun } from "../../scripts/clients/hosts-page.ts";
import { knownClients } from "../../scripts/clients/known-clients.ts";
import { dependencies } from "../../scripts/clients/programs/package.json";
import { type ClientReport, isGreen } from "../../scripts/clients/run-client.ts";
import { withTokenSeconds } from "../../scripts/clients/short-tokens.ts";
import provider from "../../src/provider.ts?raw";

const report: ClientReport = {
  name: "A client",
  version: "1.2.3",
  newClicks: 4,
  knownClicks: 1,
  tools: "all 11",
  call: "the answer",
  error: "a readable message",
  refresh: "works without a new sign-in",
  revoke: "opens the sign-in page",
};

describe("npm run clients", () => {
  it("shortens access tokens in the provider's source, and in nothing else", () => {
    const shortened = withTokenSeconds(provider, 75);
    expect(shortened).toContain("const accessTokenSeconds = 75;");
    expect(shortened.split("\n").length).toBe(provider.split("\n").length);
    expect(() => withTokenSeconds("const other = 1;", 75)).toThrow("does not say how long");
  });

  it("is green only when every step went well and no person had to press more", () => {
    expect(isGreen(report)).toBe(true);
    for (const wrong of [
      { newClicks: 5 },
      { knownClicks: 2 },
      { newClicks: Number.POSITIVE_INFINITY },
      { refresh: "FAILED: opened the browser" },
      { tools: "FAILED: not oura_get_device" },
    ])
      expect(isGreen({ ...report, ...wrong })).toBe(false);
  });

  it("writes the tables of a run in place of the last ones", () => {
    const first = writeRun(page, { day: "2026-11-20", clients: [report], conversions: [] });
    const losses = ["oura_get_trends.window_days: minimum", "oura_get_trends.window_days: maximum"];
    const second = writeRun(first, {
      day: "2026-11-21",
      clients: [report],
      conversions: [{ name: "A library", version: "1.0.0", tools: 11, losses }],
    });
    expect(second).not.toContain("2026-11-20");
    expect(second).toContain(
      "| A client | 1.2.3 | 4 | 1 | all 11 | the answer | a readable message | works without a new sign-in | opens the sign-in page |",
    );
    expect(second).toContain("minimum (1, first oura_get_trends.window_days); maximum (1, first");
    expect(second.split("<!-- written by npm run clients -- --write -->")[0]).toBe(
      page.split("<!-- written by npm run clients -- --write -->")[0],
    );
  });

  it("installs every client it runs, each at an exact version, apart from the project", () => {
    const versions: Record<string, string> = dependencies;
    for (const client of knownClients("http://localhost:1/mcp"))
      expect(versions[client.package], client.name).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.values(versions).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
