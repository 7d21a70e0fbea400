import { beforeAll, describe, expect, it } from "vitest";
import { eagerModules, platformModules } from "../../scripts/bench/eager-modules.ts";
import { bundleWorker } from "../../scripts/bundle-worker.ts";
import { packageNameOf } from "../../scripts/licences/packages-in.ts";

/**
 * What a starting worker may evaluate: what a call of an assistant needs before its agent, the pages, and the classes of the
 * objects. A folder with "/" allows all of its files. Adding a line here makes every start slower.
 */
const allowed = [
  ...["index.ts", "worker.ts", "provider.ts", "router.tsx", "host.ts", "bindings.ts"],
  ...["clock.ts", "config.ts", "errors.ts", "outcome.ts"],
  ...["account/", "auth/", "crypto/", "grants/", "pages/", "registry/", "web/"],
  ...["connecting", "connection", "report-troubles"].map((name) => `connection/${name}.ts`),
  // The agent's class with its parts, without the endpoint and the preview.
  ...["access", "panel-view", "parts", "retention", "ring-agent", "ring-connection", "schedule"].map(
    (name) => `agent/${name}.ts`,
  ),
  ...["cache", "deadline", "fetch-oura", "gate", "limited-body", "oauth", "scopes", "share"].map(
    (name) => `oura/${name}.ts`,
  ),
  // Texts that pages share with answers.
  ...["column-name", "one-line", "present"].map((name) => `words/${name}.ts`),
  "analytics/day.ts",
  "question/missing-reasons.ts",
  "question/session-state.ts",
  "mcp/server-version.ts",
];
/**
 * Modules of the platform. The bundler imports those of lazy files at the start as well. Modules of Node can be slow: `node:crypto`
 * takes a third of a start. The agents package imports `node:async_hooks`, which is small.
 */
const allowedPlatformModules = ["cloudflare:workers", "node:async_hooks"];
const allowedPackages = ["@cloudflare/workers-oauth-provider", "hono", "zod"];
/** Of the minified bundle. A new page may need more; code for answers belongs behind the agent's `import()`. */
const mostKilobytes = 510;

describe("a starting worker", () => {
  let eager = new Map<string, number>();
  let fromPlatform: string[] = [];

  beforeAll(async () => {
    const bundle = await bundleWorker();
    eager = eagerModules(bundle);
    fromPlatform = platformModules(bundle);
  }, 60_000);

  it("evaluates no protocol, no tools and no analytics", () => {
    const ours = [...eager.keys()].flatMap((path) => /^src\/(.*)/.exec(path)?.[1] ?? []);
    const surplus = ours.filter(
      (path) => !allowed.some((one) => path === one || (one.endsWith("/") && path.startsWith(one))),
    );
    expect(ours).toContain("worker.ts");
    expect(surplus).toEqual([]);
  });

  it("evaluates the packages that every request or page needs, and no other", () => {
    const packages = new Set([...eager].flatMap(([path, bytes]) => (bytes > 0 ? (packageNameOf(path) ?? []) : [])));
    expect([...packages].sort()).toEqual(allowedPackages);
  });

  it("imports no other module of the platform", () => {
    expect(fromPlatform).toEqual(allowedPlatformModules);
  });

  it("builds its schemas with zod/mini, which takes a fraction of the time", () => {
    expect([...eager.keys()].filter((path) => path.includes("/zod/v4/classic/"))).toEqual([]);
    expect([...eager.keys()].some((path) => path.includes("/zod/v4/mini/"))).toBe(true);
  });

  it(`evaluates at most ${mostKilobytes} KB of code`, () => {
    const bytes = [...eager.values()].reduce((sum, one) => sum + one, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes / 1_000).toBeLessThanOrEqual(mostKilobytes);
  });
});
