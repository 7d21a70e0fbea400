import { defineConfig } from "vitest/config";

/** The analytics need no Workers runtime. Node is much faster for thousands of runs. */
export default defineConfig({ test: { include: ["test/analytics/**/*.test.ts"] } });
