/** What one look at a deployment found. `fix` says what to do; a warning is worth knowing and stops nobody. */
export type Finding =
  | { kind: "fine"; says: string }
  | { kind: "warning"; says: string; fix: string }
  | { kind: "broken"; says: string; fix: string };

export interface Check {
  name: string;
  run(deployment: Deployment): Promise<Finding>;
}

/** A running server, seen from outside. */
export interface Deployment {
  /** Without a trailing slash. */
  origin: string;
  /** An assistant's access token, to call a tool with; null where there is none. */
  token: string | null;
  /** One request; null where nothing answers within 15 seconds. Redirects are not followed. */
  ask(path: string, init?: RequestInit): Promise<Response | null>;
}

const patienceMilliseconds = 15_000;

export function openDeployment(origin: string, token: string | null): Deployment {
  return {
    origin,
    token,
    ask: (path, init) =>
      fetch(new URL(path, origin), {
        redirect: "manual",
        signal: AbortSignal.timeout(patienceMilliseconds),
        ...init,
      }).catch(() => null),
  };
}

export function fine(says: string): Finding {
  return { kind: "fine", says };
}

export function warning(says: string, fix: string): Finding {
  return { kind: "warning", says, fix };
}

export function broken(says: string, fix: string): Finding {
  return { kind: "broken", says, fix };
}
