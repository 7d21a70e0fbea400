/** Types of `cloudflare:workers` and `cloudflare:test` inside the test pool. */
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../../sandbox/clock/clocked-worker.ts");
  }
  type Bindings = import("../../src/bindings.ts").Bindings;
  interface Env extends Bindings {}
}
