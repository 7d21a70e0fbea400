import { type BrowserServer, chromium } from "playwright-core";
import { unpackChromium } from "./unpack-chromium.ts";

/** Nothing but the pages under test: no updates, no telemetry, no first-run pages. */
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** A Chromium for all tests: the one the packages bring on Linux, elsewhere the Chrome or Edge that is installed. */
export async function startBrowser(): Promise<BrowserServer> {
  if (process.platform === "linux" && process.arch === "x64") {
    const home = unpackChromium();
    return chromium.launchServer({
      executablePath: `${home}/chromium`,
      // Containers mostly run as root, where Chromium's own sandbox cannot start; the only pages it sees are ours.
      args: ["--no-sandbox", ...quiet],
      env: { ...process.env, LD_LIBRARY_PATH: `${home}/al2023/lib`, FONTCONFIG_FILE: `${home}/fonts.conf` },
    });
  }
  for (const channel of ["chrome", "msedge"]) {
    const browser = await chromium.launchServer({ channel, args: quiet }).catch(() => null);
    if (browser) return browser;
  }
  throw new Error("The browser tests need Google Chrome or Microsoft Edge on this system: install one and run again.");
}
