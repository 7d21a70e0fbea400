/** What `cloudflare:workers` and `cloudflare:test` offer inside the test pool. */
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../../src/index.ts");
  }
  interface Env extends import("../../src/bindings.ts").Bindings {}
}
