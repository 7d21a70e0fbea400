/** Replaces `Date` with one that is `offset` milliseconds ahead of the machine, for the product and its packages. */
export function replaceDate(offset: number): void {
  if (offset === 0) return;
  const now = Date.now;
  const shifted = () => now() + offset;
  globalThis.Date = new Proxy(Date, {
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length === 0 ? [shifted()] : parameters, newTarget),
    apply: (target) => new target(shifted()).toString(),
    get: (target, key) => (key === "now" ? shifted : Reflect.get(target, key)),
  });
}
