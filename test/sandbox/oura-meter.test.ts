import { expect, it } from "vitest";
import { createOuraMeter } from "../../scripts/bench/oura-meter.ts";

it("counts rounds by dependent requests, and the time with any request in flight", async () => {
  let now = 0;
  const meter = createOuraMeter(() => now);
  const [first, second] = [await meter.begin("one"), await meter.begin("one")];
  now = 80;
  first(10);
  now = 90; // before the second ended: depends only on the first
  const third = await meter.begin("one");
  now = 100;
  second(20);
  now = 170;
  third(30);
  expect(meter.take()).toEqual({ requests: 3, rounds: 2, bytes: 60, busyMilliseconds: 170, stalled: 0 });
  expect(meter.take().requests).toBe(0);
});

it("does not let an account open a seventh connection", async () => {
  const meter = createOuraMeter(() => 0);
  const finishes = await Promise.all(Array.from({ length: 6 }, () => meter.begin("one")));
  let entered = false;
  const seventh = meter.begin("one").then((finish) => {
    entered = true;
    return finish;
  });
  await meter.begin("another");
  expect(entered).toBe(false);
  finishes[0]?.(0);
  (await seventh)(0);
  expect(meter.take().stalled).toBe(1);
});
