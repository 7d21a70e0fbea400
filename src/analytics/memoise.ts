/**
 * Returns a function that computes each result only once. Calls with the same key return the same object, which must
 * not be changed. The results are kept as long as the returned function exists. To let the results go after a
 * calculation, call `memoise` inside that calculation.
 * @param keyOf The key of an argument. Without `keyOf`, the argument is its own key, compared as in a `Map`.
 * @example
 * const rootOf = memoise((square) => Math.sqrt(square));
 * rootOf(9); // 3
 */
export function memoise<Argument, Value>(
  compute: (argument: Argument) => Value,
  keyOf: (argument: Argument) => unknown = (argument) => argument,
): (argument: Argument) => Value {
  const results = new Map<unknown, { value: Value }>();
  return (argument) => {
    const key = keyOf(argument);
    const result = results.get(key) ?? { value: compute(argument) };
    results.set(key, result);
    return result.value;
  };
}
