import { RingAgent as DeployedAgent } from "../../src/agent/ring-agent.ts";
import type { Bindings } from "../../src/bindings.ts";
import { translateAlarms } from "./translate-alarms.ts";

/** The agent as it is deployed, on a runtime whose clock is another. */
export class RingAgent extends DeployedAgent {
  constructor(context: DurableObjectState, env: Bindings) {
    translateAlarms(context.storage);
    super(context, env);
  }
}
