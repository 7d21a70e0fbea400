/**
 * The night on the start page, a real answer of `oura_get_sleep_sessions` about a simulated person. A test calls the
 * tool again and compares the two answers.
 */
export const night = {
  day: "2026-11-19",
  question: "How did I sleep?",
  tool: "oura_get_sleep_sessions",
  /** What an assistant could write. Every number comes from the tool's summary. */
  answer: [
    "You slept 7 h 33 min of 9 h 3 min in bed, from 22:05 to 07:08, after falling asleep in 12 min.",
    "Deep sleep was 1 h 10 min, REM 1 h 56 min. Your lowest heart rate was 55 bpm and your HRV 46 ms.",
  ],
  figures: ["7 h 33 min", "9 h 3 min", "22:05", "07:08", "12 min", "1 h 10 min", "1 h 56 min", "55 bpm", "46 ms"],
  /**
   * One row for each stretch of up to 15 minutes: start time, minutes of deep, REM and light sleep, minutes awake, and
   * mean heart rate in bpm.
   */
  buckets: [
    ["22:05", 0, 0, 0, 9.8, 65],
    ["22:15", 0, 0, 13.3, 1.7, 62],
    ["22:30", 8.8, 0, 6.2, 0, 61],
    ["22:45", 15, 0, 0, 0, 61],
    ["23:00", 10.2, 0, 3, 1.8, 60],
    ["23:15", 0, 0, 14.3, 0.7, 61],
    ["23:30", 0, 1.8, 13.2, 0, 58],
    ["23:45", 0, 4.7, 10.3, 0, 58],
    ["00:00", 0, 0, 13.7, 1.3, 58],
    ["00:15", 0.3, 0, 6.5, 8.2, 63],
    ["00:30", 12.7, 0, 0, 2.3, 57],
    ["00:45", 5.5, 0, 5.8, 3.7, 59],
    ["01:00", 0, 0, 7.7, 7.3, 60],
    ["01:15", 0, 0, 7, 8, 60],
    ["01:30", 0, 5.3, 7, 2.7, 58],
    ["01:45", 0, 8.7, 6.3, 0, 57],
    ["02:00", 0, 0, 15, 0, 57],
    ["02:15", 3.3, 0, 2.2, 9.5, 60],
    ["02:30", 7.2, 0, 7.8, 0, 57],
    ["02:45", 0, 0, 14, 1, 56],
    ["03:00", 0, 1.8, 13.2, 0, 57],
    ["03:15", 0, 15, 0, 0, 59],
    ["03:30", 0, 5.2, 6.3, 3.5, 58],
    ["03:45", 0, 0, 9.5, 5.5, 59],
    ["04:00", 4.3, 0, 10.7, 0, 55],
    ["04:15", 0.2, 0, 13, 1.8, 57],
    ["04:30", 0, 0, 5.8, 9.2, 58],
    ["04:45", 0, 10.3, 4.7, 0, 57],
    ["05:00", 0, 15, 0, 0, 58],
    ["05:15", 0, 10.7, 4.3, 0, 58],
    ["05:30", 0, 0, 14, 1, 56],
    ["05:45", 2.5, 0, 8.7, 3.8, 56],
    ["06:00", 0, 0, 14.3, 0.7, 58],
    ["06:15", 0, 3.8, 9.2, 2, 58],
    ["06:30", 0, 15, 0, 0, 58],
    ["06:45", 0, 12.5, 0, 2.5, 59],
    ["07:00", 0, 6.2, 0, 2.5, 61],
  ],
} as const satisfies {
  day: string;
  question: string;
  tool: string;
  answer: readonly string[];
  figures: readonly string[];
  buckets: readonly (readonly [time: string, deep: number, rem: number, light: number, awake: number, bpm: number])[];
};
