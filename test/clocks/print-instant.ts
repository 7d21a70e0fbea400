import type { TestProject } from "vitest/node";

/** Global setup: prints the instant, so that a failure can be reproduced. */
export default function printInstant(project: TestProject): void {
  const { clock } = project.getProvidedContext();
  console.log(`The date-sensitive tests run once more at ${clock} (CLOCK=${clock} npm test)`);
}
