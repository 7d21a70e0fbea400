import type { Page } from "playwright-core";

export interface Load {
  /** Bytes of everything the browser fetched for the page with an empty cache, including headers. */
  bytes: number;
  /** Cumulative layout shift (https://web.dev/articles/cls) until 0.3 s after the load. */
  layoutShift: number;
}

const shiftsUntilSettled = `new Promise((resolve) => {
  let total = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) total += value;
  });
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(total), 300);
})`;

/** Opens an address with an empty cache. */
export async function measureLoad(page: Page, address: string): Promise<Load> {
  const devtools = await page.context().newCDPSession(page);
  let bytes = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(address, { waitUntil: "load" });
  const layoutShift = await page.evaluate<number>(shiftsUntilSettled);
  await devtools.detach();
  return { bytes, layoutShift };
}
