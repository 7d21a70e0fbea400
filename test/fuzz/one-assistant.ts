import { afterAll, beforeAll } from "vitest";
import { emptyStorage } from "../support/empty-storage.ts";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";
import { watchFaults } from "./invariants.ts";

/** One connected assistant for all tests of a file; internal failures are recorded. */
export function useOneAssistant(): { assistant(): Assistant; watch: ReturnType<typeof watchFaults> } {
  const watch = watchFaults();
  let assistant: Assistant | null = null;

  beforeAll(async () => {
    await emptyStorage();
    await resetSimulator();
    assistant = await connectAssistant();
  });
  afterAll(() => watch.stop());

  return {
    assistant() {
      if (!assistant) throw new Error("no test has started yet");
      return assistant;
    },
    watch,
  };
}
