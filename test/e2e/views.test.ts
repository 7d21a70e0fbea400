import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { expectValid, expectValidMessages, findBarriers, hostView, type ViewHost } from "./view-host.ts";
import { connectViewClient, type ViewClient } from "./view-results.ts";

const uri = "ui://ringbridge/view.html";
const sleep = "oura_get_sleep_sessions";
const day = "oura_get_intraday";
const trends = "oura_get_trends";
const anomalies = "oura_detect_anomalies";
const statistics = "oura_get_statistics";
const daily = "oura_get_daily_summary";
const influences = "oura_find_influences";

let browser: Browser;
let html: string;
const clients = new Map<string, ViewClient>();

async function clientOf(person: string): Promise<ViewClient> {
  const known = clients.get(person) ?? (await connectViewClient(person));
  clients.set(person, known);
  return known;
}

beforeAll(async () => {
  browser = await launchBrowser();
  const { client } = await clientOf("everyday");
  const { contents } = await client.readResource({ uri });
  const [page] = contents;
  html = page && "text" in page ? String(page.text) : "";
});
afterAll(() => browser.close());

/** A page on which any request, error or warning of the console fails the test. */
async function openQuietPage(): Promise<{ page: Page; noise: string[] }> {
  const context = await browser.newContext();
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const noise: string[] = [];
  await page.route("**", (route) => {
    noise.push(`request: ${route.request().url()}`);
    return route.abort();
  });
  page.on("console", (message) => noise.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
  return { page, noise };
}

async function show(host: ViewHost, input: object, result: object): Promise<void> {
  await host.notify("ui/notifications/tool-input", { arguments: input });
  await host.notify("ui/notifications/tool-result", { ...result });
  await host.frame.waitForSelector("main:not([aria-busy])");
}

const stories: [name: string, person: string, tool: string, input: Record<string, unknown>][] = [
  ["night", "everyday", sleep, { include_time_series: true }],
  [
    "night-two-naps",
    "everyday",
    sleep,
    { start_date: "2026-10-09", end_date: "2026-10-15", include_time_series: true },
  ],
  ["nights-month", "everyday", sleep, { start_date: "2026-10-22", end_date: "2026-11-20" }],
  ["nights-one", "everyday", sleep, {}],
  ["night-gen2", "gen2", sleep, { include_time_series: true }],
  ["day", "everyday", day, { start_date: "2026-11-19" }],
  ["day-steps", "everyday", day, { metric: "steps", start_date: "2026-11-19" }],
  ["day-month", "everyday", day, { start_date: "2026-10-22", end_date: "2026-11-20" }],
  ["day-gen2", "gen2", day, { start_date: "2026-11-19" }],
  ["trend", "everyday", trends, {}],
  ["trend-trip", "everyday", trends, { metrics: ["bedtime", "hrv"], start_date: "2026-08-01" }],
  ["trend-gen2", "gen2", trends, { metrics: ["total_sleep"] }],
  ["trend-new", "new", trends, {}],
  ["anomalies", "everyday", anomalies, { start_date: "2026-09-25", end_date: "2026-11-20" }],
  ["anomalies-quiet", "two_rings", anomalies, { sensitivity: "low", start_date: "2026-11-14", end_date: "2026-11-20" }],
  ["anomalies-new", "new", anomalies, {}],
  ["months", "everyday", statistics, { metrics: ["steps"], group_by: "month" }],
  ["weekdays", "everyday", statistics, { metrics: ["bedtime", "total_sleep"], group_by: "weekday" }],
  ["weeks", "restless", statistics, { metrics: ["hrv"], group_by: "week" }],
  ["ranked", "everyday", statistics, { metrics: ["steps"], top: 20, last_days: 365 }],
  ["ranked-clock", "everyday", statistics, { metrics: ["bedtime"], top: 5 }],
  ["figures-alone", "everyday", statistics, { metrics: ["steps"], above: 8000, streak: true }],
  ["contributors-low", "everyday", daily, { start_date: "2026-10-29", end_date: "2026-10-29" }],
  [
    "contributors",
    "everyday",
    daily,
    { start_date: "2026-11-19", end_date: "2026-11-19", columns: ["readiness_score"], include_contributors: true },
  ],
  ["contributors-new", "new", daily, { include_contributors: true }],
  ["contributors-week", "everyday", daily, { start_date: "2026-11-13", include_contributors: true }],
  ["around-day", "everyday", influences, { event: "2026-10-28" }],
  ["around-tag", "everyday", influences, { event: "alcohol" }],
  ["around-gaps", "restless", influences, { event: "2026-11-10", outcomes: ["hrv", "resting_heart_rate"] }],
  ["influences-alone", "everyday", influences, {}],
  ["empty", "no_ring", sleep, { include_time_series: true }],
  ["lapsed", "lapsed", trends, {}],
];

/** The four variants of each story, by width and theme. */
const looks = [
  ["light", 720],
  ["light", 320],
  ["dark", 320],
  ["dark", 720],
] as const;

it.each(stories.map((story, index) => [...story, index] as const))(
  "draws %s (%s, %s) in light and dark, wide and narrow",
  async (name, person, tool, input, index) => {
    const result = await (await clientOf(person)).call(tool, input);
    const { page, noise } = await openQuietPage();
    const host = await hostView(page, { html });
    await show(host, input, result);
    // One variant of each story, in turn; all four in a long run.
    for (const [theme, width] of inject("long") ? looks : [looks[index % looks.length] ?? looks[0]]) {
      await host.change(theme, width);
      await page.screenshot({ path: `test-results/view-${name}-${theme}-${width}.png` });
      expect.soft(await host.height(), `${theme} ${width}`).toBeLessThanOrEqual(500);
      expect.soft(await host.frame.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      expect.soft(await findBarriers(host.frame)).toEqual([]);
    }
    await host.teardown();
    expectValidMessages(await host.messages());
    expect(noise).toEqual([]);
    await page.context().close();
  },
);

it.each([
  [
    "workouts and sessions of a day",
    day,
    "everyday",
    { start_date: "2026-11-19" },
    /Workout 18:28–19:25.*Session 17:32–17:44/s,
  ],
  [
    "a reading far above all others",
    day,
    "everyday",
    { start_date: "2026-10-22", end_date: "2026-11-20" },
    /217 bpm on 8 Nov is far above/,
  ],
  [
    "why nights are not there",
    sleep,
    "everyday",
    { start_date: "2026-10-22", end_date: "2026-11-20" },
    /No night on 31 Oct.*\(the ring was not worn/,
  ],
  [
    "what a ring cannot measure",
    day,
    "gen2",
    { start_date: "2026-11-19" },
    /No heart rate outside sleep \(this ring does not measure it\)/,
  ],
  [
    "which weekday differs",
    statistics,
    "everyday",
    { metrics: ["bedtime"], group_by: "weekday" },
    /More than ordinary ups and downs.*n is the number of measured days: 11 to 13 in each group/s,
  ],
  [
    "that a part of the ranked days is in the table",
    statistics,
    "everyday",
    { metrics: ["steps"], top: 20 },
    /The table has 8 more/,
  ],
  [
    "what pulled a low score down",
    daily,
    "everyday",
    { start_date: "2026-10-29", end_date: "2026-10-29" },
    /Sleep score 32.*Total sleep5.*Below usual.*eight in ten of the 28 days before/s,
  ],
  [
    "that the usual contributors are not known yet",
    daily,
    "new",
    { include_contributors: true },
    /What is usual is not known yet/,
  ],
  [
    "what the days around an event are counted from",
    influences,
    "everyday",
    { event: "2026-10-28" },
    /Around Wed 28 Oct.*Outside usual.*0 is the day of the event/s,
  ],
  ["that there are too few days", trends, "new", {}, /3 days are too few to see a trend/],
  ["how many days a baseline needs", anomalies, "new", {}, /takes 14 measured days/],
  ["that there is no night, and why", sleep, "no_ring", {}, /No night \(no ring is set up at Ōura\)/],
])("shows %s in the picture", async (_, tool, person, input, words) => {
  const { page, noise } = await openQuietPage();
  const host = await hostView(page, { html });
  await host.change("light", 720);
  await show(host, input, await (await clientOf(person)).call(tool, input));
  expect(await host.frame.locator("main").textContent()).toMatch(words);
  expect(noise).toEqual([]);
  await page.context().close();
});

it("is linked from its tools by the protocol's schema, and is at most 120 KB", async () => {
  const { client } = await clientOf("everyday");
  const { tools } = await client.listTools();
  const linked = tools.filter(({ _meta }) => _meta?.ui);
  expect(linked.map(({ name }) => name).toSorted()).toEqual(
    [sleep, day, trends, anomalies, statistics, daily, influences].toSorted(),
  );
  for (const { _meta } of linked) expectValid("McpUiToolMeta", _meta?.ui);
  expect(Buffer.byteLength(JSON.stringify(linked.map(({ _meta }) => _meta)))).toBeLessThan(500);

  const { resources } = await client.listResources();
  expect(resources).toContainEqual(expect.objectContaining({ uri, mimeType: "text/html;profile=mcp-app" }));
  const { contents } = await client.readResource({ uri });
  expect(contents).toEqual([expect.objectContaining({ uri, mimeType: "text/html;profile=mcp-app", text: html })]);
  expectValid("McpUiResourceMeta", contents[0]?._meta?.ui);
  expect(gzipSync(html).length).toBeLessThan(120_000);
  expect(html).not.toMatch(/(?:src|href)=|@import|url\(/);
});

it("offers both naps of a day, and draws the chosen one", async () => {
  const input = { start_date: "2026-10-12", end_date: "2026-10-12", include_time_series: true };
  const { page, noise } = await openQuietPage();
  const host = await hostView(page, { html });
  await show(host, input, await (await clientOf("everyday")).call(sleep, input));
  await host.frame.getByRole("heading", { name: "1 night, 2 naps" }).waitFor();
  const choice = host.frame.getByRole("combobox", { name: "Sleep" });
  const naps = (await choice.getByRole("option").allTextContents()).filter((name) => name.startsWith("Nap Mon 12 Oct"));
  expect(new Set(naps).size).toBe(2);
  await choice.selectOption({ label: naps[0] ?? "" });
  const times = naps[0]?.slice(-11).replace("–", " to ");
  await host.frame.getByRole("slider", { name: `Sleep stages, heart rate and HRV from ${times}.` }).waitFor();
  await page.screenshot({ path: "test-results/view-nap.png" });
  expect(noise).toEqual([]);
  await page.context().close();
});

it("works by keyboard, switches between picture and table, and keeps the focus", async () => {
  const input = { include_time_series: true };
  const { page, noise } = await openQuietPage();
  const host = await hostView(page, { html });
  await show(host, input, await (await clientOf("everyday")).call(sleep, input));
  await host.change("light", 720);

  const slider = host.frame.getByRole("slider", { name: /Sleep stages, heart rate and HRV/ });
  await slider.focus();
  await page.keyboard.press("Home");
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^\d\d:\d\d: Awake, /);
  await page.keyboard.press("ArrowRight");
  expect(await slider.getAttribute("aria-valuenow")).toBe("1");
  await page.screenshot({ path: "test-results/view-night-cursor.png" });

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await host.frame.getByRole("table").waitFor();
  await host.frame.getByRole("combobox", { name: "Table" }).selectOption({ index: 1 });
  await page.screenshot({ path: "test-results/view-night-table.png" });
  expect(await host.frame.getByRole("columnheader").allTextContents()).toContain("Deep (min)");
  expect(await findBarriers(host.frame)).toEqual([]);
  await host.change("dark", 320);
  expect(await host.height()).toBeLessThanOrEqual(500);
  expect(await findBarriers(host.frame)).toEqual([]);
  await page.screenshot({ path: "test-results/view-night-table-dark-320.png" });
  await host.frame.getByRole("button", { name: "Show as picture" }).press("Enter");
  await slider.waitFor();
  expect(await host.frame.evaluate("document.activeElement.textContent")).toBe("Show as table");
  expect(noise).toEqual([]);
  await page.context().close();
});

it("reads rows from the top by the arrow keys and the pointer", async () => {
  const input = { metrics: ["steps"], top: 5 };
  const { page, noise } = await openQuietPage();
  const host = await hostView(page, { html });
  await host.change("light", 320);
  await show(host, input, await (await clientOf("everyday")).call(statistics, input));
  const slider = host.frame.getByRole("slider", { name: "Highest steps: 5 of 29 measured days." });
  expect(await slider.getAttribute("aria-orientation")).toBe("vertical");
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^1\. /);
  await slider.focus();
  for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^2\. /);
  await page.keyboard.press("ArrowUp");
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^1\. /);
  const { x = 0, y = 0, height = 0 } = (await slider.boundingBox()) ?? {};
  await page.mouse.move(x + 20, y + height - 8);
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^5\. /);
  expect(noise).toEqual([]);
  await page.context().close();
});

it("reads more through the host on request, if the host supports tool calls", async () => {
  const everyday = await clientOf("everyday");
  const input = { start_date: "2026-11-19" };
  const { page, noise } = await openQuietPage();
  const calls: [string, object][] = [];
  const host = await hostView(page, {
    html,
    call: (name, values) => {
      calls.push([name, values]);
      return everyday.call(name, values);
    },
  });
  await host.change("light", 720);
  await show(host, input, await everyday.call(day, input));
  await host.frame.getByRole("button", { name: "Add steps" }).click();
  await host.frame.getByText("Steps in 15 minutes").waitFor();
  await page.screenshot({ path: "test-results/view-day-with-steps.png" });
  expect(await host.height()).toBeLessThanOrEqual(500);

  await show(host, {}, await everyday.call(sleep, {}));
  await host.frame.getByRole("button", { name: "Show its course" }).click();
  await host.frame.getByText("HRV (ms)").waitFor();
  expect(calls).toEqual([
    [day, { ...input, metric: "steps" }],
    [sleep, { start_date: "2026-11-20", end_date: "2026-11-20", include_time_series: true }],
  ]);
  expectValidMessages(await host.messages());
  expect(noise).toEqual([]);
  await page.context().close();
});

it("uses the host's colours, shows a table without a picture, and an error text if the call failed", async () => {
  const everyday = await clientOf("everyday");
  const { page, noise } = await openQuietPage();
  const host = await hostView(page, { html, variables: { "--color-text-primary": "#402010" } });
  await host.change("light", 720);
  const { _meta, ...bare } = await everyday.call(trends, {});
  expect(_meta).toBeDefined();
  await show(host, {}, bare);
  await host.frame.getByRole("table").waitFor();
  expect(await host.frame.evaluate("getComputedStyle(document.body).color")).toBe("rgb(64, 32, 16)");

  const refused = await (await connectViewClient("everyday", "not_connected")).call(trends, {});
  await show(host, {}, refused);
  await host.frame.getByText("https://ringbridge.example/panel").waitFor();
  await host.notify("ui/notifications/tool-cancelled", { reason: "user action" });
  await host.frame.getByText("The question was cancelled").waitFor();
  expectValidMessages(await host.messages());
  expect(noise).toEqual([]);
  await page.context().close();
});
