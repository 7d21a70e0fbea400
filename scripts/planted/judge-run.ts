export interface RanFile {
  path: string;
  /** What went wrong outside of its tests: it did not load, or a hook failed. */
  errors: readonly string[];
  tests: readonly { name: string; state: "passed" | "failed" | "skipped" | "pending" }[];
}

export type Verdict =
  | { kind: "passed"; tests: number }
  /** A test of a file that loaded failed: the first one. */
  | { kind: "failed"; test: string }
  /** No test said anything: a file did not load, a hook failed, or nothing ran. */
  | { kind: "did_not_run"; why: string };

/**
 * Whether tests passed or failed. Only a failed test counts as one: code that does not even load would make every test
 * file look as if it had noticed.
 */
export function judgeRun(files: readonly RanFile[]): Verdict {
  const unloaded = files.find(({ errors, tests }) => errors.length > 0 && tests.length === 0);
  if (unloaded) return { kind: "did_not_run", why: `${unloaded.path} did not load: ${unloaded.errors[0]}` };
  const tests = files.flatMap((file) => file.tests);
  const failed = tests.find(({ state }) => state === "failed");
  if (failed) return { kind: "failed", test: failed.name };
  const [error] = files.flatMap(({ errors }) => errors);
  const passed = tests.filter(({ state }) => state === "passed").length;
  if (error === undefined && passed > 0) return { kind: "passed", tests: passed };
  return { kind: "did_not_run", why: error ?? "no test ran" };
}
