import { expect, it } from "vitest";
import manifest from "../../package.json";
import { createEntry } from "../../scripts/registry/create-entry.ts";

const { description, version } = manifest;

function entryOf(address: string, name: string | null = null) {
  return createEntry({ address, name, description, version });
}

it("describes a deployment by the MCP registry's schema of 2025-12-11", () => {
  expect(entryOf("https://ring.example.org")).toEqual({
    $schema: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
    name: "org.example.ring/ringbridge",
    title: "Ringbridge",
    description,
    version,
    remotes: [{ type: "streamable-http", url: "https://ring.example.org/mcp" }],
  });
});

it("accepts an operator's own name, and uses only the host of the address", () => {
  const { name, remotes } = entryOf("https://someone:secret@ring.example.org:8443/mcp?a=b", "io.github.you/ringbridge");
  expect(name).toBe("io.github.you/ringbridge");
  expect(remotes).toEqual([{ type: "streamable-http", url: "https://ring.example.org:8443/mcp" }]);
});

it.each([
  ["", /no address.*https:\/\/ring\.example\.org/],
  ["ring.example.org", /no address/],
  ["http://ring.example.org", /only https/],
  ["https://localhost:8443", /public host name/],
  ["https://ring.localhost", /public host name/],
  ["https://127.0.0.1", /public host name/],
  ["https://[::1]", /public host name/],
  ["https://ring", /public host name/],
  ["https://ring.local", /public host name/],
])("refuses the address %j and says why", (address, reason) => {
  expect(() => entryOf(address)).toThrow(reason);
});

it.each([
  "ringbridge",
  "io.github.you/ring/bridge",
  "io.github.you/",
  "/ringbridge",
  "io github/ringbridge",
  `a/${"b".repeat(199)}`,
])("refuses the name %j", (name) => {
  expect(() => entryOf("https://ring.example.org", name)).toThrow(/name/);
});

it("refuses a description longer than the registry shows", () => {
  const deployment = { address: "https://ring.example.org", name: null, version };
  expect(() => createEntry({ ...deployment, description: "a".repeat(101) })).toThrow(/description/);
});
