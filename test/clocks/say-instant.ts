import type { TestProject } from "vitest/node";

/** Global setup: names the instant, so that whoever meets a failure can ask for it again. */
export default function sayInstant(project: TestProject): void {
  const { clock } = project.getProvidedContext();
  console.log(`The date-sensitive tests run once more at ${clock} (CLOCK=${clock} npm test)`);
}
