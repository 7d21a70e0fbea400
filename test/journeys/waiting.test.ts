import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { theRegistry } from "../../src/agent/registry.ts";
import { tools } from "../../src/tools/index.ts";
import { connectAssistant, resetSimulator } from "../support/product.ts";

beforeEach(async () => {
  await reset();
  await resetSimulator(new Date().toISOString());
});

async function wordsOfEveryTool(assistant: Awaited<ReturnType<typeof connectAssistant>>): Promise<string[]> {
  return Promise.all(
    tools.map(async ({ name }) => {
      const result = await assistant.call(name);
      return String(result.structuredContent?.summary ?? result.content[0]?.text);
    }),
  );
}

it("lets an assistant in while its person waits, and says where they stand at every call", async () => {
  const registry = theRegistry(env);
  await registry.setCapacity(0);
  await registry.register("somebody-earlier", null);
  const assistant = await connectAssistant();
  for (const words of await wordsOfEveryTool(assistant)) {
    expect(words).toMatch(/number 2 of 2 in the queue, reference code [0-9a-z]{7}/);
    expect(words).toContain("http://localhost/panel");
  }
  await registry.setCapacity(2);
  for (const words of await wordsOfEveryTool(assistant)) {
    expect(words).toBe("Ōura is not connected yet. Open http://localhost/panel and press Connect.");
  }
});

it("tells a person whose place is gone to register again", async () => {
  const assistant = await connectAssistant();
  await assistant.browser.submitForm("/disconnect", new URLSearchParams());
  await theRegistry(env).release(assistant.accountId);
  for (const words of await wordsOfEveryTool(assistant)) expect(words).toContain("press Register");
});
