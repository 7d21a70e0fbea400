import { cpus, loadavg, release } from "node:os";
import { machineNow } from "../../sandbox/clock/machine-now.ts";

export interface Machine {
  at: string;
  cpu: string;
  cores: number;
  kernel: string;
  node: string;
  /** Load average of the last minute. Above the number of cores, measured times are too long. */
  load: number;
}

export function describeMachine(): Machine {
  const cores = cpus();
  return {
    at: new Date(machineNow()).toISOString(),
    cpu: cores[0]?.model ?? "unknown",
    cores: cores.length,
    kernel: release(),
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}
