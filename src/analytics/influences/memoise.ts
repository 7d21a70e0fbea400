/** A function that computes its result once for each key. */
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
