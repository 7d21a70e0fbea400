import { createServer } from "node:net";

export async function requireFreePort(port: number): Promise<void> {
  for (const host of ["127.0.0.1", "::1"]) {
    const code = await tryPort(port, host);
    if (code === "EADDRINUSE") stop(`Port ${port} is in use. Stop the program that uses it, or choose another --port.`);
    if (code === "EACCES") stop(`Port ${port} is reserved for the system. Choose another --port.`);
    // Ignore other errors, such as a missing IPv6.
  }
}

/** The system's error code, or null if listening works. */
function tryPort(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? null));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
