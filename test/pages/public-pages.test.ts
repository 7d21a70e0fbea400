import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { readHeading } from "../../sandbox/page-form.ts";
import { scopes } from "../../src/oura/scopes.ts";
import { capabilities, explainingScopes as explained } from "../../src/pages/help/capabilities.tsx";
import { troubles } from "../../src/pages/panel/outcome-words.ts";
import { missingReasons } from "../../src/question/missing-reasons.ts";
import { explainingScopes } from "../../src/question/tool-scopes.ts";
import { tools } from "../../src/tools/index.ts";
import { buttonWords } from "../../src/web/button-words.ts";
import { fetchWith } from "../support/wire.ts";

const get = (path: string, headers: Record<string, string> = {}) =>
  exports.default.fetch(`http://localhost${path}`, { headers, redirect: "manual" });

const open = async (path: string) => (await get(path)).text();

describe("the help page", () => {
  it("has the chapters people look for", async () => {
    const help = await open("/help");
    const headings = Array.from(help.matchAll(/<h[23][^>]*>(.*?)<\/h[23]>/g), ([, text]) => text);
    for (const heading of [
      ...["Setup", "Prerequisites", "Register", "Connect", "Authorize", "Confirmation"],
      ...["Understanding permissions", "Data privacy", "Managing your connection", "Disconnect", "Revoke at Ōura"],
      ...["Capabilities", "Troubleshooting"],
    ]) {
      expect(headings).toContain(heading);
    }
  });

  it("names every permission, tool and reason", async () => {
    const help = await open("/help");
    const escaped = (text: string) => text.replaceAll("'", "&#39;");
    for (const { label, unlocks } of scopes) expect(help).toContain(`<dt>${label}</dt><dd>${escaped(unlocks)}`);
    for (const { title, name } of tools) expect(help).toMatch(new RegExp(`<dt>${title} <code[^>]*>${name}</code>`));
    for (const reason of Object.keys(missingReasons)) expect(help).toContain(`<code>${reason}</code>`);
  });

  it("lists the tools in their order, each with its title, its permissions and those for a part of its answers", () => {
    const shown = Object.entries(capabilities).map(([name, { title, scopes, partScopes = [] }]) => ({
      name,
      title,
      scopes,
      partScopes,
    }));
    expect(shown).toEqual(
      tools.map(({ name, title, scopes, partScopes }) => ({
        name,
        title,
        scopes: scopes.filter((scope) => partScopes[scope] === undefined),
        partScopes: scopes.filter((scope) => partScopes[scope] !== undefined),
      })),
    );
    expect(explained).toEqual(Object.keys(explainingScopes));
  });

  it("says what to do about every trouble that the panel's card names", async () => {
    const help = await open("/help");
    expect(troubles.length).toBeGreaterThan(3);
    for (const { state, advice } of troubles) {
      expect(help).toContain(`<dt>${state}</dt><dd>${advice.replaceAll("'", "&#39;")}</dd>`);
    }
  });

  it("shows what a tool does in a sentence for people, not in the assistant's description", async () => {
    const help = await open("/help");
    for (const { name, description } of tools) {
      expect(help).toMatch(new RegExp(`<code[^>]*>${name}</code></dt><dd>[A-Z][^<]*\\.`));
      expect(help).not.toContain(description.slice(0, 40).replaceAll("'", "&#39;"));
    }
  });

  it("mentions only buttons that exist", async () => {
    const pressed = Array.from((await open("/help")).matchAll(/<b class="press">(.*?)<\/b>/g), ([, word]) => word);
    expect(pressed.slice(0, 6)).toEqual([
      "Create account",
      "Create a passkey",
      "Register",
      "Register",
      "Connect",
      "Allow",
    ]);
    const words: readonly string[] = Object.values(buttonWords);
    expect(pressed.filter((word) => !words.includes(word ?? ""))).toEqual([]);
  });
});

describe("the privacy and terms pages", () => {
  it.each(["/privacy", "/terms"])("%s names the operator", async (path) => {
    expect(await open(path)).toContain("operated by Test Operator");
  });
});

describe("the source", () => {
  const address = "https://source.test/ringbridge";
  const readWith = async (sourceUrl: string, path: string) =>
    (await fetchWith({ SOURCE_URL: sourceUrl }, new Request(`http://localhost${path}`))).text();

  it.each(["/", "/terms"])("is named on %s where it has an address, and nowhere else", async (path) => {
    expect(await readWith(address, path)).toContain(`<a href="${address}">`);
    expect(await readWith("", path)).not.toMatch(/source (is|under)|>Source</);
  });
});

describe("the privacy page", () => {
  it("names the outcome of calls, the access of assistants and the networks of today", async () => {
    const privacy = await open("/privacy");
    const [inAccount = "", elsewhere = ""] = privacy.split("What is kept outside your account");
    expect(inAccount).toContain("of the tokens with which assistants read your data, and the permissions you gave.");
    expect(inAccount).toContain("The answers are never kept");
    expect(elsewhere).toContain("of each network from which somebody created an account");
  });
});

describe("error pages", () => {
  it("are shown for an unknown address", async () => {
    const response = await get("/no-such-page");
    expect(response.status).toBe(404);
    expect(readHeading(await response.text())).toBe("There is no such page");
  });

  it("link to sign-in for a stranger", async () => {
    const html = await open("/disconnect");
    expect(readHeading(html)).toBe("You are signed out");
    expect(html).toContain('href="/sign-in"');
  });

  it("say that a form of another site changed nothing", async () => {
    const response = await exports.default.fetch("http://localhost/sign-out", {
      method: "POST",
      body: new URLSearchParams(),
      headers: { origin: "https://evil.test" },
    });
    expect(response.status).toBe(403);
    expect(readHeading(await response.text())).toBe("This form was not accepted");
  });
});

describe("files for programs", () => {
  it.each([
    ["/assets/icon.svg", "image/svg+xml"],
    ["/assets/icon.png", "image/png"],
    ["/assets/style.css", "text/css; charset=utf-8"],
    ["/assets/passkey.js", "text/javascript; charset=utf-8"],
  ])("%s is %s", async (path, type) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    await response.arrayBuffer();
  });

  it("are at the addresses browsers and robots use", async () => {
    expect((await get("/favicon.ico")).headers.get("location")).toBe("/assets/icon.png");
    expect(await open("/robots.txt")).toContain("Disallow: /panel\n");
  });

  it("do not include inherited property names", async () => {
    expect((await get("/assets/constructor")).status).toBe(404);
  });
});

describe("every public page", () => {
  it.each(["/", "/help", "/privacy", "/terms", "/create-account", "/sign-in"])(
    "%s is under 40 KB with everything it loads, uncompressed",
    async (path) => {
      const html = await open(path);
      const loaded = Array.from(html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g), ([, address]) => address ?? "");
      const sizes = await Promise.all(
        loaded
          .filter((address) => !address.endsWith(".png")) // only phones request it, for the home screen
          .map(async (address) => (await (await get(address)).arrayBuffer()).byteLength),
      );
      const total = new TextEncoder().encode(html).byteLength + sizes.reduce((sum, size) => sum + size, 0);
      expect(total).toBeLessThan(40_000);
    },
  );

  it.each(["/", "/help", "/privacy", "/sign-in"])("%s has one main heading and a skip link", async (path) => {
    const html = await open(path);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('href="#main"');
    expect(html).toContain('<main id="main">');
  });
});
