import { listScopeLabels, type ScopeName } from "../../oura/scopes.ts";
import type { ToolName } from "../../tools/index.ts";
import { buttonWords } from "../../web/button-words.ts";
import { Press } from "./press.tsx";

interface Capability {
  title: string;
  /** The permissions for the data that the tool is about. */
  scopes: readonly ScopeName[];
  /** The permissions that the tool uses only for a part of its answers. */
  partScopes?: readonly ScopeName[];
  /** What the tool does, for people. The tool's own description is written for assistants. */
  sentence: string;
}

/**
 * The tools in the order in which the server lists them. A page must not load the tools themselves, because they are
 * most of the code, so this table repeats their titles and scopes. A test compares it with the tools.
 */
export const capabilities: Readonly<Record<ToolName, Capability>> = {
  oura_get_permissions: {
    title: "Ōura permissions",
    scopes: [],
    sentence: "What your assistant may read, and on which page you can change that.",
  },
  oura_get_device: {
    title: "Ōura Ring and battery",
    scopes: ["ring_configuration"],
    partScopes: ["daily", "personal"],
    sentence:
      "Your ring's model, size, colour, firmware and battery. If you allow Personal Info, also your age, height, weight and sex.",
  },
  oura_get_daily_summary: {
    title: "Ōura daily summary",
    scopes: ["daily", "spo2", "stress", "heart_health"],
    sentence:
      "The numbers of your days: scores, sleep, steps, calories, stress, blood oxygen and heart health. Also which values are usual for you.",
  },
  oura_get_sleep_sessions: {
    title: "Ōura sleep sessions",
    scopes: ["daily"],
    sentence: "Your nights and naps in detail: when you slept, the sleep stages, heart rate, HRV and breathing.",
  },
  oura_get_intraday: {
    title: "Ōura within the day",
    scopes: ["daily", "heartrate"],
    partScopes: ["workout", "personal"],
    sentence:
      "Your heart rate or steps within a day, for example in the morning or during a run. The steps within a day are an estimate and leave out swimming and cycling.",
  },
  oura_get_statistics: {
    title: "Ōura statistics",
    scopes: ["daily", "spo2", "stress", "heart_health"],
    partScopes: ["ring_configuration"],
    sentence:
      "Averages, totals, highest and lowest values. How often something happened, and for how many days in a row. The answer can cover up to six years, and can compare weekdays or months. It can also say how regular your sleep is, and whether you sleep too little.",
  },
  oura_get_trends: {
    title: "Ōura trends",
    scopes: ["daily", "spo2", "stress", "heart_health"],
    sentence: "Whether your sleep, heart rate, HRV, steps and more rise or fall over weeks and months.",
  },
  oura_detect_anomalies: {
    title: "Ōura unusual days",
    scopes: ["daily", "spo2", "stress", "heart_health"],
    partScopes: ["workout", "tag"],
    sentence:
      "Days and nights that differ from what is usual for you, and the workouts and tags shortly before them. This is not a diagnosis.",
  },
  oura_get_events: {
    title: "Ōura events",
    scopes: ["daily", "workout", "session", "tag"],
    partScopes: ["heartrate", "personal"],
    sentence: "Your workouts, meditation and breathing sessions, tags and rest mode, with totals.",
  },
  oura_compare_periods: {
    title: "Ōura periods compared",
    scopes: ["daily", "spo2", "stress", "heart_health"],
    sentence:
      "Two periods side by side, for example before and after a change, and whether the difference may be chance.",
  },
  oura_find_influences: {
    title: "Ōura influences on sleep",
    scopes: ["daily", "spo2"],
    partScopes: ["workout", "tag", "stress"],
    sentence:
      "What often comes before your better or worse nights, such as alcohol, late workouts or weekends. This does not prove a cause.",
  },
};

/**
 * The permissions with which every tool also finds out why a value is missing. A test compares this list with the one
 * that the tools use.
 */
export const explainingScopes: readonly ScopeName[] = ["daily", "ring_configuration"];

export function Capabilities() {
  return (
    <>
      <p>
        An assistant reads your data with the tools in this list, and chooses itself which of them your question needs.
        No tool can change anything.
      </p>
      <p>
        Some assistants, such as Claude and ChatGPT, can show charts of your data in the conversation. To see such a
        chart without an assistant, connect Ōura and press <Press>{buttonWords.showLastNight}</Press> on the page “Your
        MCP server”.
      </p>
      <p>
        Ōura sometimes records one night as several sleeps, and marks each sleep as long or short. Long sleeps of the
        same day that are less than three hours apart count as one night. If a day has no long sleep but a sleep score,
        its longest short sleep that ends before noon counts as the night. All other short sleeps are listed as naps. A
        night is left out until Ōura has finished its calculations. If the ring was off for more than twelve hours of a
        day, the steps and the stress of that day are left out. Each answer says what it leaves out.
      </p>
      <p>
        If a value is missing, the tools try to find out why. For this, they also read{" "}
        {listScopeLabels(explainingScopes)}, if your assistant may read these kinds of data.
      </p>
      <dl class="terms">
        {Object.entries(capabilities).map(([name, { title, scopes, partScopes = [], sentence }]) => (
          <>
            <dt>
              {title} <code class="quiet">{name}</code>
            </dt>
            <dd>
              {sentence}
              {scopes.length > 0 ? <span class="quiet"> This tool reads {listScopeLabels(scopes)}.</span> : null}
              {partScopes.length > 0 ? (
                <span class="quiet"> For a part of its answers, it also reads {listScopeLabels(partScopes)}.</span>
              ) : null}
            </dd>
          </>
        ))}
      </dl>
    </>
  );
}
