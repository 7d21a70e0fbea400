/**
 * Wraps objects so that the `at`-th use throws and all other uses work. Uses of all wrapped objects are counted
 * together.
 */
export function failingAt(at: number, make: () => unknown) {
  let uses = 0;

  function use(): void {
    uses += 1;
    if (uses === at) throw make();
  }

  /** Counts method calls, including those of stubs returned by a namespace. */
  function guard<T extends object>(target: T): T {
    return new Proxy(target, {
      get(object, key) {
        const value: unknown = Reflect.get(object, key);
        if (typeof value !== "function" || key === "then") return value;
        return (...parameters: unknown[]) => {
          use();
          const result: unknown = Reflect.apply(value, object, parameters);
          return key === "getByName" && typeof result === "object" && result !== null ? guard(result) : result;
        };
      },
    });
  }

  /** Counts reads of properties at any depth. */
  function guardReads<T extends object>(target: T): T {
    return new Proxy(target, {
      get(object, key) {
        const value: unknown = Reflect.get(object, key);
        if (typeof key === "string") use();
        const isPlain =
          typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
        return isPlain ? guardReads(value) : value;
      },
    });
  }

  return { guard, guardReads, hasFailed: () => uses >= at };
}
