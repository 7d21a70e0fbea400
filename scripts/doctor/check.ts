/** The result of one check. `fix` says what to do; a warning does not prevent use. */
export type Finding =
  | { kind: "fine"; says: string }
  | { kind: "warning"; says: string; fix: string }
  | { kind: "broken"; says: string; fix: string };

export interface Check {
  name: string;
  /** Whether every later check fails when this one does. */
  stops?: true;
  run(deployment: Deployment): Promise<Finding>;
}

export interface Deployment {
  origin: string;
  /** An assistant's access token; null if none was given. */
  token: string | null;
  /** Makes one request; null if nothing answers within 15 seconds. Redirects are not followed. */
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
