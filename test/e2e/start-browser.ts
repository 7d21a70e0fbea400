import { type BrowserServer, chromium } from "playwright-core";
import { unpackChromium } from "./unpack-chromium.ts";

/** No updates, no telemetry, no first-run pages. */
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Starts a Chromium for all tests: on Linux from the packages, elsewhere the installed Chrome or Edge. */
export async function startBrowser(): Promise<BrowserServer> {
  if (process.platform === "linux" && process.arch === "x64") {
    const home = unpackChromium();
    return chromium.launchServer({
      executablePath: `${home}/chromium`,
      // Containers mostly run as root, where Chromium's sandbox cannot start. The browser opens only our pages.
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
