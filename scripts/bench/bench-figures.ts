import type { AnswerSize } from "./answer-sizes.ts";
import type { BundleFigures } from "./bundle.ts";
import type { ColdFigures } from "./cold-starts.ts";
import type { ConversationFigures } from "./conversation.ts";
import type { CrowdFigures, ParallelFigures } from "./crowd.ts";
import type { IdleFigures } from "./idle-agents.ts";
import type { Machine } from "./machine.ts";
import type { CallFigures } from "./measure-calls.ts";
import type { OAuthFigures } from "./oauth.ts";
import type { SixYearsFigures } from "./six-years.ts";
import type { AloneFigures } from "./tools-alone.ts";
import type { WorkerFigures } from "./worker-alone.ts";

/** What one run measures. */
export interface BenchFigures {
  machine: Machine & { seconds: number };
  answerSizes: AnswerSize[];
  alone: AloneFigures[];
  sixYears: SixYearsFigures[];
  bundle: BundleFigures;
  cold: ColdFigures;
  oauth: OAuthFigures;
  /** Calls without the product: the cost of the platform. */
  platform: CallFigures[];
  /** A tool call, then pages, without the agent's work. */
  worker: WorkerFigures[];
  idle: IdleFigures;
  protocol: CallFigures[];
  /** A tool that does nothing, before and after all others. */
  floor: CallFigures;
  floorAfter: CallFigures;
  tools: CallFigures[];
  /** The same questions with Oura's answers in the cache. */
  held: CallFigures[];
  conversation: ConversationFigures;
  parallel: ParallelFigures[];
  scale: CrowdFigures[];
}
