import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { openDeployment } from "../../scripts/doctor/check.ts";
import { operatorChecks } from "../../scripts/doctor/operator-checks.ts";

it.each([
  [401, "broken", "the server has another operator key"],
  [404, "warning", "the server has no operator key"],
  [429, "warning", "not answered: asked too often within a minute"],
  [200, "broken", "is not understood"],
])("tells an answer with status %i as %s", async (status, kind, says) => {
  const server = createServer((_request, response) => response.writeHead(status).end('{"error":"some"}'));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // a TCP server has a port
  const deployment = openDeployment(`http://127.0.0.1:${port}`, null);
  for (const { run } of operatorChecks("a-key")) {
    expect(await run(deployment)).toMatchObject({ kind, says: expect.stringContaining(says) });
  }
});
