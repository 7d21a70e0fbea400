import { RingAgent as DeployedAgent } from "../../src/agent/ring-agent.ts";
import type { Bindings } from "../../src/bindings.ts";
import { translateAlarms } from "./translate-alarms.ts";

/** The deployed agent, with alarms translated to the sandbox's clock. */
export class RingAgent extends DeployedAgent {
  constructor(context: DurableObjectState, env: Bindings) {
    translateAlarms(context.storage);
    super(context, env);
  }
}
