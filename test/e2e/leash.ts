import { spawn, spawnSync } from "node:child_process";

/**
 * `node leash.ts SCRIPT …` runs a script for as long as standard input stays open. When the process at its other end ends,
 * in whatever way, so does everything the script started: an interrupted test run leaves no server behind. It has to lead
 * a process group of its own.
 */
const patienceMilliseconds = 10_000;

const child = spawn(process.execPath, process.argv.slice(2), { stdio: ["ignore", "inherit", "inherit"] });
child.on("exit", () => signalGroup("SIGKILL"));
process.on("SIGTERM", () => {}); // comes back from the line below
process.stdin.resume().on("close", () => {
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), patienceMilliseconds);
});

/** This process is part of the group, so SIGKILL ends it too. */
function signalGroup(signal: "SIGTERM" | "SIGKILL"): void {
  if (process.platform === "win32") spawnSync("taskkill", ["/pid", `${process.pid}`, "/t", "/f"]);
  else process.kill(-process.pid, signal);
}
