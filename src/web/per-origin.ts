/**
 * Makes a function that calls `create` once for each origin and keeps the result. The settings are not part of the key,
 * because they cannot change while an isolate lives. `answerForeignHost` refuses other host names, so few origins occur.
 */
export function keepPerOrigin<Settings, Kept>(
  create: (settings: Settings, origin: string) => Kept,
): (settings: Settings, origin: string) => Kept {
  const kept = new Map<string, Kept>();
  return (settings, origin) => {
    const one = kept.get(origin) ?? create(settings, origin);
    kept.set(origin, one);
    return one;
  };
}
