import { spawn, spawnSync } from "node:child_process";

/**
 * `node end-with-parent.ts SCRIPT …` runs a script while standard input is open. When the parent process ends in any way, this
 * ends everything the script started, so an interrupted test run leaves no server behind. It must lead its own process
 * group.
 */
const patienceMilliseconds = 10_000;

const child = spawn(process.execPath, process.argv.slice(2), { stdio: ["ignore", "inherit", "inherit"] });
child.on("exit", () => signalGroup("SIGKILL"));
process.on("SIGTERM", () => {}); // ignore the signal sent to our own group below
process.stdin.resume().on("close", () => {
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), patienceMilliseconds);
});

/** This process is part of the group, so SIGKILL ends it too. */
function signalGroup(signal: "SIGTERM" | "SIGKILL"): void {
  if (process.platform === "win32") spawnSync("taskkill", ["/pid", `${process.pid}`, "/t", "/f"]);
  else process.kill(-process.pid, signal);
}
