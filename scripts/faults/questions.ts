import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import type { Question } from "./connect-person.ts";

export interface FaultQuestion extends Question {
  name: string;
  /** Routes the question cannot do without: if one of them fails, an error is an acceptable answer. */
  needs: readonly string[];
}

/**
 * Several arguments for each tool. Days are in the past or whole days, so that an answer is the same a minute later and
 * can be compared.
 * @param today the day from which the others are counted
 */
export function listQuestions(today: IsoDay): FaultQuestion[] {
  const ago = (days: number) => addDays(today, -days);
  return [
    question("permissions", "oura_get_permissions", {}, []),
    question("device", "oura_get_device", {}, ["ring_configuration"]),
    question("device and profile", "oura_get_device", { include_profile: true }, ["ring_configuration"]),
    question("today", "oura_get_daily_summary", {}, []),
    question("a day", "oura_get_daily_summary", { start_date: ago(2) }, []),
    question("blood oxygen", "oura_get_daily_summary", { start_date: ago(9), end_date: ago(2), sections: ["spo2"] }, [
      "daily_spo2",
    ]),
    question(
      "40 days and what is usual",
      "oura_get_daily_summary",
      { start_date: ago(41), end_date: ago(2), include_baselines: true },
      [],
    ),
    question("last night", "oura_get_sleep_sessions", {}, ["sleep"]),
    question("20 nights", "oura_get_sleep_sessions", { start_date: ago(21), end_date: ago(2) }, ["sleep"]),
    question(
      "three nights by the quarter hour",
      "oura_get_sleep_sessions",
      { start_date: ago(4), end_date: ago(2), include_time_series: true },
      ["sleep"],
    ),
    question("heart rate of a day", "oura_get_intraday", { start_date: ago(2) }, ["heartrate"]),
    question(
      "heart rate of a night",
      "oura_get_intraday",
      { start_date: ago(3), start_time: "22:00", end_time: "06:00", resolution_minutes: 30 },
      ["heartrate"],
    ),
    question("heart rate at a moment", "oura_get_intraday", { start_date: ago(2), at: "18:45" }, ["heartrate"]),
    question("zones of workouts", "oura_get_intraday", { start_date: ago(6), end_date: ago(2), max_bpm: 180 }, [
      "heartrate",
    ]),
    question("25 days of heart rate", "oura_get_intraday", { start_date: ago(26), end_date: ago(2) }, ["heartrate"]),
    question("steps of two days", "oura_get_intraday", { metric: "steps", start_date: ago(3), end_date: ago(2) }, [
      "daily_activity",
    ]),
    question("figures of 30 days", "oura_get_statistics", {}, []),
    question(
      "steps of a year by month",
      "oura_get_statistics",
      {
        metrics: ["steps"],
        start_date: ago(366),
        end_date: ago(2),
        group_by: "month",
        above: "8000",
        streak: true,
        top: 3,
      },
      ["daily_activity"],
    ),
    question(
      "how regular the nights are",
      "oura_get_statistics",
      { pattern: "regularity", start_date: ago(30), end_date: ago(2) },
      ["sleep"],
    ),
    question("trends", "oura_get_trends", {}, []),
    question(
      "course of two metrics",
      "oura_get_trends",
      { metrics: ["hrv", "steps"], window_days: 7, start_date: ago(60), end_date: ago(2) },
      [],
    ),
    question("unusual days", "oura_detect_anomalies", {}, []),
    question(
      "unusual steps of a quarter",
      "oura_detect_anomalies",
      { metrics: ["steps"], start_date: ago(90), end_date: ago(5), sensitivity: "high" },
      ["daily_activity"],
    ),
    question("events of a week", "oura_get_events", {}, []),
    question("the newest events", "oura_get_events", { latest: 5 }, []),
    question("a month of workouts", "oura_get_events", { start_date: ago(32), end_date: ago(2), kinds: ["workout"] }, [
      "workout",
    ]),
    question("four weeks against four", "oura_compare_periods", {}, []),
    question(
      "two metrics of two weeks",
      "oura_compare_periods",
      { start_date: ago(15), end_date: ago(2), metrics: ["hrv", "steps"] },
      [],
    ),
    question("what goes with better nights", "oura_find_influences", {}, []),
  ];
}

function question(name: string, tool: string, input: Record<string, unknown>, needs: readonly string[]): FaultQuestion {
  return { name, tool, input, needs };
}
