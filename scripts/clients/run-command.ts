import { spawn } from "node:child_process";

/** A command that takes longer waits for something that never comes. */
const patienceMilliseconds = 90_000;

interface CommandOptions {
  directory: string;
  environment: NodeJS.ProcessEnv;
  input?: string;
}

export function runCommand(
  [program = "", ...parameters]: readonly string[],
  { directory, environment, input = "" }: CommandOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // With `detached`, the program gets its own process group, so that the processes that it starts end with it.
    const child = spawn(program, parameters, { cwd: directory, env: environment, detached: true });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
    }
    const end = () => child.pid !== undefined && signalGroup(child.pid);
    const timer = setTimeout(end, patienceMilliseconds);
    child.on("error", reject);
    child.on("exit", () => setTimeout(end, 1_000).unref()); // some leave a process behind
    child.on("close", () => {
      clearTimeout(timer);
      resolve(printed);
    });
    child.stdin.on("error", () => {}); // a command that reads nothing may end before
    child.stdin.end(input);
  });
}

function signalGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
