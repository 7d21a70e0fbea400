import { expect, it } from "vitest";
import readme from "../../README.md?raw";
import { productAddress } from "../../sandbox/local-ports.ts";
import { claudeCode, otherTerminalHosts } from "../../src/pages/panel/connect-assistant.tsx";

it.each([claudeCode, ...otherTerminalHosts])(
  "the README has the panel's commands for $title",
  ({ title, add, signIn }) => {
    const block = readme.split("```sh\n").find((text) => text.includes(`# ${title}`)) ?? "";
    expect(block).toContain(`\n${add("ringbridge", `${productAddress}/mcp`)}\n`);
    if (signIn === null) return;
    const [words] = Object.values(signIn).map((say: (name: string) => string) => say("ringbridge"));
    expect(block).toContain(words);
  },
);
