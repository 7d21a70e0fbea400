import { anomaliesTool } from "./anomalies/anomalies-tool.ts";
import { comparePeriodsTool } from "./compare-periods/compare-periods-tool.ts";
import { dailySummaryTool } from "./daily-summary/daily-summary-tool.ts";
import { deviceTool } from "./device/device-tool.ts";
import { eventsTool } from "./events/events-tool.ts";
import { influencesTool } from "./influences/influences-tool.ts";
import { intradayTool } from "./intraday/intraday-tool.ts";
import { sleepSessionsTool } from "./sleep-sessions/sleep-sessions-tool.ts";
import { statisticsTool } from "./statistics/statistics-tool.ts";
import { trendsTool } from "./trends/trends-tool.ts";

/** The tools that read Oura's data, in the order in which assistants list them. */
export const dataTools = [
  deviceTool,
  dailySummaryTool,
  sleepSessionsTool,
  intradayTool,
  statisticsTool,
  trendsTool,
  anomaliesTool,
  eventsTool,
  comparePeriodsTool,
  influencesTool,
] as const;
