import { defineConfig } from "vitest/config";

/** The arithmetic needs no Workers runtime: in plain Node each of thousands of runs takes a fraction of the time. */
export default defineConfig({ test: { include: ["test/analytics/**/*.test.ts"] } });
