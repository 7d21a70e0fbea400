import { describe, expect, it } from "vitest";
import example from "../.dev.vars.example?raw";
import { readSettings, settingNames } from "../src/config.ts";

const key = (id: string, bytes = Uint8Array.from({ length: 32 }, (_, index) => index)) => `${id}:${bytes.toBase64()}`;
const required = { OURA_CLIENT_ID: "id", OURA_CLIENT_SECRET: "very-secret", TOKEN_KEYS: key("k1") };

describe("settings", () => {
  it("are complete if the three secrets are set", () => {
    const settings = readSettings(required);
    expect(settings.kind).toBe("ready");
    if (settings.kind !== "ready") return;
    expect(settings.config.betaCapacity).toBe(10);
    expect(settings.config.cacheSeconds).toBe(60);
    expect(settings.config.registration).toBe("open");
    expect(settings.config.oura.tokenUrl).toBe("https://moi.ouraring.com/oauth/v2/ext/oauth-token");
    expect(settings.config.oura.apiUrl).toBe("https://api.ouraring.com");
  });

  it("name missing ones", () => {
    expect(readSettings({})).toMatchObject({
      kind: "incomplete",
      missing: ["OURA_CLIENT_ID", "OURA_CLIENT_SECRET", "TOKEN_KEYS"],
    });
    expect(readSettings({ ...required, OURA_CLIENT_ID: "" })).toMatchObject({ missing: ["OURA_CLIENT_ID"] });
  });

  it.each([
    ["TOKEN_KEYS", "k1:short"],
    ["TOKEN_KEYS", `${key("k1")},${key("k1")}`],
    ["TOKEN_KEYS", Uint8Array.from({ length: 32 }, (_, index) => index).toBase64()],
    ["TOKEN_KEYS", key("k1", new Uint8Array(32))],
    ["TOKEN_KEYS", key("k1", new Uint8Array(32).fill(7))],
    ["TOKEN_KEYS", `${key("k1")},${key("k2", new Uint8Array(32).fill(7))}`],
    [
      "TOKEN_KEYS",
      key(
        "k1",
        Uint8Array.from({ length: 32 }, (_, index) => index % 4),
      ),
    ],
    ["OURA_CLIENT_ID", " "],
    ["OURA_CLIENT_SECRET", "a".repeat(201)],
  ])("count a malformed secret (%s=%j) as missing, and never repeat the value", (name, value) => {
    const settings = readSettings({ ...required, [name]: value });
    expect(settings).toMatchObject({ kind: "incomplete", missing: [name], site: { malformed: [] } });
    expect(JSON.stringify(settings)).not.toContain(JSON.stringify(value));
  });

  it.each([
    ["PUBLIC_URL", "http://example.com"],
    ["PUBLIC_URL", "https://example.com/path"],
    ["PUBLIC_URL", "example.com"],
    ["PUBLIC_URL", " "],
    ["OURA_REVOKE_URL", "not an address"],
    ["OURA_API_URL", "ftp://example.com"],
    ["OURA_TOKEN_URL", "http://example.com/token"],
    ["OURA_AUTHORIZE_URL", "https:/"],
    ["BETA_CAPACITY", "ten"],
    ["BETA_CAPACITY", "-1"],
    ["CACHE_SECONDS", "3600"],
    ["ACCOUNT_REQUESTS", "49"],
    ["REGISTRATIONS_PER_DAY", "-7"],
    ["CLIENT_DOCUMENTS", "yes"],
    ["MCP_REGISTRY_PROOF", " "],
    ["SERVICE_NAME", " "],
    ["OPERATOR_NAME", " "],
    ["OPERATOR_CONTACT", "a".repeat(201)],
    ["SOURCE_URL", "github"],
    ["OPERATOR_KEY", "short"],
  ])("use the default for a malformed optional setting (%s=%j), name it, and never repeat the value", (name, value) => {
    const settings = readSettings({ ...required, [name]: value });
    const unset = readSettings(required);
    expect(settings).toMatchObject({ kind: "ready", site: { malformed: [name] } });
    const named = { ...settings.site, malformed: [] };
    expect({
      ...settings,
      site: named,
      ...("config" in settings ? { config: { ...settings.config, site: named } } : {}),
    }).toEqual(unset);
    if (value.trim() !== "") expect(JSON.stringify(settings)).not.toContain(JSON.stringify(value));
  });

  it("let nobody in without approval where REGISTRATION is malformed", () => {
    expect(readSettings({ ...required, REGISTRATION: "invites" })).toMatchObject({
      kind: "ready",
      config: { registration: "approve", site: { malformed: ["REGISTRATION"] } },
    });
  });

  it("are each required or optional: no malformed value makes another setting missing", () => {
    for (const name of settingNames) {
      const settings = readSettings({ ...required, [name]: { not: "text" } });
      const named = settings.kind === "incomplete" ? settings.missing : settings.site.malformed;
      expect(named, name).toEqual([name]);
      expect(settings.kind, name).toBe(Object.hasOwn(required, name) ? "incomplete" : "ready");
    }
  });

  it("read several token keys, the first of which encrypts", () => {
    const settings = readSettings({ ...required, TOKEN_KEYS: `${key("new")}, ${key("old")}` });
    expect(settings.kind === "ready" && settings.config.tokenKeys.map(({ id }) => id)).toEqual(["new", "old"]);
  });

  it("are all listed in the example file", () => {
    expect(settingNames.filter((name) => !new RegExp(`^#?${name}=`, "m").test(example))).toEqual([]);
  });

  it("are shown in the example file with their defaults", () => {
    const shown = [...example.matchAll(/^#([A-Z_]+)=(.+)$/gm)].filter(([, name]) => name !== "PUBLIC_URL"); // has none
    expect(shown.length).toBeGreaterThan(5);
    for (const [, name = "", value] of shown)
      expect(readSettings({ ...required, [name]: value }), name).toEqual(readSettings(required));
  });
});
