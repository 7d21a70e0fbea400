import { expect, it } from "vitest";
import { deviceTool } from "../../src/tools/device-tool.ts";
import { ask } from "./ask.ts";

const now = "2026-11-20T20:00:00Z";
const profile = { id: "person", age: 41, height: 1.8, weight: null, biological_sex: "female", email: null };

it("describes the profile on request, without values that Ōura does not know", async () => {
  const held = { personal_info: () => Response.json(profile) };
  const { answer } = await ask(deviceTool, { include_profile: true }, { now, held });
  expect(answer.summary).toBe(
    "No ring is set up in this Ōura account. Profile as told to Ōura: 41 years old, 1.8 m tall, female.",
  );
});

it("does not read the profile unless it is requested", async () => {
  const { answer, requests } = await ask(deviceTool, {}, { now, held: {} });
  expect(requests.map(({ route }) => route)).not.toContain("personal_info");
  expect(answer.summary).not.toContain("Profile");
});

it("omits the date of a battery reading that Ōura dates years ahead, and reports it", async () => {
  const held = {
    ring_configuration: [{ hardware_type: "gen4", size: 10 }],
    ring_battery_level: () =>
      Response.json({ data: [{ timestamp: "2039-11-20T12:00:00Z", level: 40, charging: false }], next_token: null }),
  };
  const { answer } = await ask(deviceTool, {}, { now, held });
  expect(answer.battery).toEqual({ level_pct: 40, charging: false, at: null });
  expect(answer.missing).toContainEqual(expect.objectContaining({ what: "battery", reason: "unavailable" }));
});
