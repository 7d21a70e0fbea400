/**
 * Returns a function that calls `compute` only once for each key. Later calls with the same key return the kept result.
 */
export function memoise<Argument, Value>(
  keyOf: (argument: Argument) => unknown,
  compute: (argument: Argument) => Value,
): (argument: Argument) => Value {
  const results = new Map<unknown, { value: Value }>();
  return (argument) => {
    const key = keyOf(argument);
    const result = results.get(key) ?? { value: compute(argument) };
    results.set(key, result);
    return result.value;
  };
}
