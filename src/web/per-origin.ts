/**
 * Makes a function that calls `create` once for each origin and keeps the result. The settings cannot change while an
 * isolate lives, so one result for each origin is enough. There are only few origins, because `answerForeignHost`
 * refuses requests to any host name that is not the service's own.
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
