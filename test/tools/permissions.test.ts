import { expect, it } from "vitest";
import { describeFailure } from "../../src/errors.ts";
import { numericMetricIds } from "../../src/oura/metrics.ts";
import { ouraRouteNames, pathOf, scopesOfRoute } from "../../src/oura/routes.ts";
import { type ScopeName, scopeNames } from "../../src/oura/scopes.ts";
import { findRefusal } from "../../src/question/access.ts";
import { explainingScopes } from "../../src/question/tool-scopes.ts";
import { dataTools } from "../../src/tools/data-tools.ts";
import { permissionsTool } from "../../src/tools/permissions-tool.ts";
import { activityOn, ask, heartRate, nightTo } from "./ask.ts";

const now = "2026-11-20T15:00:00Z";
const day = "2026-11-19";
const start_date = day;

/** For each tool, questions that together need every kind of data that the tool can read. */
const widest: Readonly<Record<(typeof dataTools)[number]["name"], readonly object[]>> = {
  oura_get_device: [{}, { include_history: true, include_profile: true }],
  oura_get_daily_summary: [{ start_date, include_baselines: true, include_contributors: true }],
  oura_get_sleep_sessions: [{ start_date }, { start_date, include_time_series: true }],
  oura_get_intraday: [{ start_date }, { start_date, at: "12:00" }, { start_date, metric: "steps" }],
  oura_get_statistics: [
    { metrics: ["spo2", "steps", "stress_high", "cardiovascular_age", "vo2_max", "resilience"], last_days: 90 },
    { pattern: "regularity" },
  ],
  oura_get_trends: [{ metrics: numericMetricIds }],
  oura_detect_anomalies: [{ metrics: numericMetricIds }],
  oura_get_events: [{ latest: 1, kinds: ["workout"] }, {}],
  oura_compare_periods: [{ metrics: numericMetricIds }],
  oura_find_influences: [{ outcomes: ["sleep_score", "hrv", "spo2"] }, { event: day }],
};

const held = {
  daily_activity: [activityOn("2026-11-18"), activityOn(day), activityOn("2026-11-20")],
  sleep: [nightTo(day), nightTo("2026-11-20")],
  workout: [
    { day, activity: "running", start_datetime: `${day}T10:00:00+00:00`, end_datetime: `${day}T11:00:00+00:00` },
  ],
  heartrate: heartRate(`${day}T00:00:00Z`, "2026-11-20T00:00:00Z"),
  ring_configuration: [
    { id: "one", hardware_type: "gen4", set_up_at: "2025-01-01T00:00:00Z" },
    { id: "two", hardware_type: "gen4", set_up_at: "2026-01-01T00:00:00Z" },
  ],
  personal_info: () => Response.json({ id: "person", age: 40 }),
};

/** The permissions that a route of Oura's API needs. Oura's path names the route in a request. */
function scopesOfPath(path: string): readonly ScopeName[] {
  return ouraRouteNames.filter((name) => pathOf(name) === path).flatMap((name) => scopesOfRoute(name));
}

it.each(dataTools)("$name states exactly the permissions of what its widest questions read", async (tool) => {
  const used = new Set<ScopeName>();
  for (const question of widest[tool.name]) {
    const { requests } = await ask(tool, question, { now, held });
    for (const { route } of requests) for (const scope of scopesOfPath(route)) used.add(scope);
  }
  expect(tool.scopes.filter((scope) => !used.has(scope))).toEqual([]);
  const unstated = [...used].filter((scope) => !tool.scopes.includes(scope) && !(scope in explainingScopes));
  expect(unstated).toEqual([]);
});

it("names in oura_get_permissions each part of an answer that a missing permission takes away", async () => {
  const granted = scopeNames.filter((name) => name !== "personal" && name !== "workout");
  const account = { standing: { kind: "connected" }, panelUrl: "https://ringbridge.test/panel" } as const;
  const answer = await permissionsTool.ask({}).answer({ ...account, access: { oura: scopeNames, assistant: granted } });
  expect(answer).toMatchObject({
    limited_tools: [
      { tool: "oura_get_device", needs: "Personal Info (the profile)" },
      {
        tool: "oura_get_intraday",
        needs: "Workouts (the day's workouts) and Personal Info (the age for heart-rate zones)",
      },
      { tool: "oura_detect_anomalies", needs: "Workouts (hard workouts before an unusual day)" },
      { tool: "oura_get_events", needs: "Workouts and Personal Info (the age for heart-rate zones)" },
      { tool: "oura_find_influences", needs: "Workouts (workouts before a night)" },
    ],
  });
});

it.each([
  [{}, "connect the assistant", "connect the assistant to this server again"],
  [{ hasToken: true }, "make a new access token", "make a new access token at https://ringbridge.test/panel"],
])("names both steps where Ōura and the assistant (%j) both lack a permission", async (how, brief, whole) => {
  const panelUrl = "https://ringbridge.test/panel";
  const account = { standing: { kind: "connected" }, panelUrl } as const;
  const granted = scopeNames.filter((name) => name !== "personal");
  const access = { oura: granted, assistant: granted.filter((name) => name !== "spo2"), ...how };
  const answer = await permissionsTool.ask({}).answer({ ...account, access });
  expect(answer).toMatchObject({
    summary: expect.stringMatching(
      new RegExp(
        `may read 8 of 10 .*Granted at Ōura but not to this assistant: Blood Oxygen.*${brief}.* Granted neither at Ōura nor to this assistant: Personal Info; .*press Reconnect .*, then ${brief}`,
      ),
    ),
  });
  const refusal = findRefusal(access, "personal_info");
  expect(refusal).toMatchObject({ kind: "not_granted_to_assistant", alsoNotAtOura: "Personal Info" });
  const words = refusal && describeFailure(refusal, { home: panelUrl, panel: panelUrl });
  expect(words).toMatch(
    /^Ōura does not share Personal Info with this service, and this (assistant|access token) may not read it\./,
  );
  expect(words).toContain("Two steps are needed. First open https://ringbridge.test/panel, press Reconnect");
  expect(words).toContain(`Then ${whole} and tick this kind of data there too.`);
  for (const lacking of [{ oura: scopeNames }, { assistant: scopeNames }])
    expect(findRefusal({ ...access, ...lacking }, "personal_info")).not.toHaveProperty("alsoNotAtOura");
});
