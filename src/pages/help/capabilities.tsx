import { listScopeLabels, type ScopeName } from "../../oura/scopes.ts";
import type { ToolName } from "../../tools/index.ts";
import { buttonWords } from "../../web/button-words.ts";
import { Press } from "./press.tsx";

interface Capability {
  title: string;
  scopes: readonly ScopeName[];
  /** Says to people what the tool does. The tool's own description is written for assistants. */
  sentence: string;
}

/**
 * What the help page says about each tool, in the order in which assistants list the tools. Titles and scopes are
 * repeated in this table, because a page must not load the tools: they are most of the code. A test compares the table
 * with the tools.
 */
export const capabilities: Readonly<Record<ToolName, Capability>> = {
  oura_get_permissions: {
    title: "Ōura permissions",
    scopes: [],
    sentence: "What your assistant may read, and where you can change that.",
  },
  oura_get_device: {
    title: "Ōura Ring and battery",
    scopes: ["ring_configuration"],
    sentence:
      "Your ring's model, size, colour, firmware and battery. If you allow Personal Info, also your age, height, weight and sex.",
  },
  oura_get_daily_summary: {
    title: "Ōura daily summary",
    scopes: ["daily", "spo2", "stress", "heart_health"],
    sentence:
      "Your days in figures: scores, sleep, steps, calories, stress, blood oxygen and heart health, and what is usual for you.",
  },
  oura_get_sleep_sessions: {
    title: "Ōura sleep sessions",
    scopes: ["daily"],
    sentence: "Your nights and naps in detail: when you slept, the sleep stages, heart rate, HRV and breathing.",
  },
  oura_get_intraday: {
    title: "Ōura within the day",
    scopes: ["heartrate", "daily", "workout"],
    sentence:
      "Your heart rate or steps within a day, for example in the morning or during a run. Steps are an estimate, without swims and rides.",
  },
  oura_get_statistics: {
    title: "Ōura statistics",
    scopes: ["daily", "spo2", "stress", "heart_health"],
    sentence:
      "Averages, totals, records, counts and runs over days, months or up to six years, by weekday or month. Also how regular your sleep is, and how much sleep you lack.",
  },
  oura_get_trends: {
    title: "Ōura trends",
    scopes: ["daily", "spo2", "stress", "heart_health"],
    sentence: "Whether your sleep, heart rate, HRV, steps and more rise or fall over weeks and months.",
  },
  oura_detect_anomalies: {
    title: "Ōura unusual days",
    scopes: ["daily", "spo2", "workout", "tag", "stress", "heart_health"],
    sentence:
      "Days and nights that differ from what is usual for you, and what you noted before them. It is not a diagnosis.",
  },
  oura_get_events: {
    title: "Ōura events",
    scopes: ["workout", "session", "tag", "daily", "heartrate"],
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
    scopes: ["daily", "spo2", "workout", "tag", "stress"],
    sentence:
      "What goes with your better or worse nights, such as alcohol, late workouts or weekends. It does not prove a cause.",
  },
};

/** The chapter of the help page that lists the tools. */
export function Capabilities() {
  return (
    <>
      <p>
        An assistant answers your questions with the tools in this list. It chooses them by itself. All tools only read.
      </p>
      <p>
        Some assistants, such as Claude and ChatGPT, can show pictures in the conversation. There are pictures of
        nights, days, trends, unusual days, months and weekdays, ranked days, what makes up a score, and the days around
        an event. To see a picture first, connect Ōura and press <Press>{buttonWords.showLastNight}</Press> in the
        panel.
      </p>
      <p>
        Long sleeps of the same day that are less than three hours apart count as one night. A short night counts if
        Ōura gave it a score. Naps are listed separately. Nights that Ōura has not finished yet are not counted. Steps
        and stress are not counted for a day with the ring off for more than twelve hours. The answer says when it
        leaves something out.
      </p>
      <dl class="terms">
        {Object.entries(capabilities).map(([name, { title, scopes, sentence }]) => (
          <>
            <dt>
              {title} <code class="quiet">{name}</code>
            </dt>
            <dd>
              {sentence}
              {scopes.length > 0 ? <span class="quiet"> Uses {listScopeLabels(scopes)}.</span> : null}
            </dd>
          </>
        ))}
      </dl>
    </>
  );
}
