/** Replaces `Date` with one that tells `toTime` of the machine's time, for the product and its packages. */
export function replaceDate(toTime: (machine: number) => number): void {
  const now = Date.now;
  const replaced = () => toTime(now());
  globalThis.Date = new Proxy(Date, {
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length === 0 ? [replaced()] : parameters, newTarget),
    apply: (target) => new target(replaced()).toString(),
    get: (target, key) => (key === "now" ? replaced : Reflect.get(target, key)),
  });
}
