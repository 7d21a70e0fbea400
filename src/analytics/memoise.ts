/**
 * Returns a function that computes each result only once. A later call with the same key returns the result of the
 * first call, so an object that is returned must not be changed. The results are kept as long as the returned function
 * is. A calculation therefore creates its own function, and keeps no numbers after its end.
 * @param keyOf The key of an argument. Without `keyOf`, the argument is its own key: numbers and texts are the same key
 * if they are equal, and objects if they are the same object.
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
