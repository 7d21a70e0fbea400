import { expect, it } from "vitest";
import { createGate } from "../../src/oura/gate.ts";

it("never runs more than its limit at once, and runs everything", async () => {
  const gate = createGate(6);
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      gate.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, index % 3));
        running -= 1;
        done.push(index);
      }),
    ),
  );
  expect(most).toBe(6);
  expect(done).toHaveLength(40);
});

it("frees its slot when a task fails", async () => {
  const gate = createGate(1);
  await expect(gate.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await gate.run(async () => "next")).toBe("next");
});
