import { spawn } from "node:child_process";

/** Runs `wrangler dev` in the foreground until it ends or this process receives a signal, and exits with its status. */
export function runWrangler(parameters: readonly string[], onReady?: { url: string; announce(): void }): void {
  const child = spawn(process.execPath, ["node_modules/wrangler/bin/wrangler.js", "dev", ...parameters], {
    stdio: "inherit",
    env: {
      ...process.env,
      // Without these three it contacts Cloudflare or the npm registry at every start, and prints an error if it cannot.
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      // Disables wrangler's local record of requests and storage: it would contain codes, states and tokens.
      X_LOCAL_OBSERVABILITY: "false",
    },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  if (onReady) void announceWhenReady(onReady);
}

async function announceWhenReady({ url, announce }: { url: string; announce(): void }): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const ready = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return announce();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
