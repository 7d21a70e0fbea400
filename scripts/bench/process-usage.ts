import { readdirSync, readFileSync } from "node:fs";

/** Resources of a process as reported by the operating system (Linux). */
export interface ProcessUsage {
  /** User and system time of all threads since they started. */
  cpuMilliseconds: number;
  residentMegabytes: number;
}

/** `sysconf(_SC_CLK_TCK)`, 100 on all common Linux systems. */
const ticksPerSecond = 100;
const pageKilobytes = 4;

/** Among the workerd descendants of this process, the one with the most memory: it runs the product. */
export function findBusiestRuntime(): number {
  const runtimes = findRuntimes().map((pid) => ({ pid, pages: readStat(pid)?.residentPages ?? 0 }));
  const [largest] = runtimes.toSorted((left, right) => right.pages - left.pages);
  if (!largest) throw new Error("no workerd process is running; resource figures need Linux");
  return largest.pid;
}

function findRuntimes(): number[] {
  const parents = new Map<number, number>();
  const runtimes: number[] = [];
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const stat = readStat(Number(name));
    if (!stat) continue;
    parents.set(Number(name), stat.parent);
    if (stat.command === "workerd") runtimes.push(Number(name));
  }
  return runtimes.filter((pid) => {
    for (let ancestor = parents.get(pid); ancestor; ancestor = parents.get(ancestor))
      if (ancestor === process.pid) return true;
    return false;
  });
}

export function readUsage(pid: number): ProcessUsage {
  const stat = readStat(pid);
  if (!stat) throw new Error("the runtime has ended");
  return {
    cpuMilliseconds: readThreads(pid) ?? stat.ticks * (1_000 / ticksPerSecond),
    residentMegabytes: (stat.residentPages * pageKilobytes) / 1_024,
  };
}

/**
 * CPU time of all threads from the scheduler, which counts nanoseconds where `/proc/PID/stat` counts ticks of 10 ms: exact
 * enough for a single call. Null where the kernel has no such file.
 */
function readThreads(pid: number): number | null {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const nanoseconds = threads.map((id) =>
      Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, "utf8").split(" ")[0]),
    );
    return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
  } catch {
    return null;
  }
}

interface Stat {
  command: string;
  parent: number;
  ticks: number;
  residentPages: number;
}

/**
 * proc(5): the command in parentheses, then parent (4), utime (14), stime (15) and rss (24). Null when the process has
 * ended.
 */
function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const close = text.lastIndexOf(")");
    const fields = text.slice(close + 2).split(" ");
    const field = (number: number) => Number(fields[number - 3]);
    return {
      command: text.slice(text.indexOf("(") + 1, close),
      parent: field(4),
      ticks: field(14) + field(15),
      residentPages: field(24),
    };
  } catch {
    return null;
  }
}
