import { expect, it } from "vitest";
import { commandName } from "../../src/pages/panel/command-name.ts";

it.each([
  ["Ringbridge", "ringbridge"],
  ["Anna's Ring & Co.", "anna-s-ring-co"],
  ["  Übersicht é  ", "ubersicht-e"],
  ["指輪", "ring-example-org"],
  ["Кольцо", "ring-example-org"],
  ["2026", "ring-example-org"],
  ["—", "ring-example-org"],
  ["Ring 指輪", "ring"],
])("turns the service name %j into %j", (name, expected) => {
  expect(commandName(name, "https://ring.example.org/mcp")).toBe(expected);
});

it("falls back to ringbridge where the host is no name either", () => {
  for (const url of ["http://localhost:8727/mcp", "http://127.0.0.1:8727/mcp", "http://[::1]:8727/mcp"]) {
    expect(commandName("指輪", url)).toBe("ringbridge");
  }
});
