export interface Ring {
  hardware: "gen2" | "gen3" | "gen4" | "or5";
  color: string;
  design: string;
  firmware: string;
  size: number;
  /** Days before the anchor day; or the 1970 date that old rings carry; `null` if Oura gives no date. */
  setUpDaysAgo: number | "1970" | null;
}

export interface Body {
  age: number;
  weightKg: number;
  heightM: number;
  sex: "male" | "female";
  /** Lowest heart rate of a usual night. */
  restingHeartRate: number;
  /** Usual nightly RMSSD. */
  hrvMs: number;
  breathsPerMinute: number;
  sleepHours: number;
  /** Minutes past midnight; 1,390 is 23:10. */
  bedtimeMinutes: number;
  steps: number;
  /** Length of a menstrual cycle, visible in temperature, heart rate and HRV; null for none. */
  cycleDays: number | null;
}

/** A synthetic wearer. No data comes from real people. */
export interface Person {
  id: string;
  label: string;
  description: string;
  zone: string;
  email: string | null;
  body: Body;
  rings: readonly Ring[];
  /** Since when the last ring is worn, if Oura names the ring of each sleep: days before the anchor day. Else `null`. */
  lastRingDaysAgo: number | null;
  /** Days of documents, the anchor day included. */
  historyDays: number;
  membership: "active" | "lapsed";
  /** Gen 3 and later measure blood oxygen, daytime heart rate, stress, resilience and heart health. */
  sensesDaytime: boolean;
  /** Chance that a single night is missing. */
  missedNights: number;
  /** Time zone of a long trip; the timeline decides its days. */
  travelsTo: string | null;
  /** Whether the person has an illness, rest mode and whole weeks without the ring. */
  eventful: boolean;
  /**
   * Whether days are irregular: nights in parts and short ones, shift work, the ring off for hours, rest mode, sports
   * without steps, tags with other names.
   */
  restless: boolean;
}
