import type { DayRouteName } from "./routes.ts";

export interface Contributor {
  label: string;
  /**
   * What the contributor rates, according to Oura. The text contains no advice. An answer shows this text after "What
   * counts:".
   */
  counts: string;
}

export interface ContributedScore {
  label: string;
  route: DayRouteName;
  contributors: Readonly<Record<string, Contributor>>;
}

/**
 * Oura's scores with their contributors, in the order of Oura's app. A contributor is a rating from 1 to 100. Only the
 * contributors of resilience can also be 0. A rating is not a measurement: the contributor `resting_heart_rate` rates
 * the heart rate and is not in beats per minute. Measurements are in metrics.ts.
 */
export const contributedScores = {
  sleep_score: {
    label: "sleep score",
    route: "daily_sleep_contributors",
    contributors: {
      total_sleep: { label: "total sleep", counts: "the time asleep" },
      efficiency: { label: "efficiency", counts: "the share of the time in bed that was slept" },
      restfulness: { label: "restfulness", counts: "wake-ups, movement and getting up in the night" },
      rem_sleep: { label: "REM sleep", counts: "the time in REM sleep" },
      deep_sleep: { label: "deep sleep", counts: "the time in deep sleep" },
      latency: { label: "latency", counts: "the time to fall asleep, neither very short nor long" },
      timing: { label: "timing", counts: "how far the middle of the sleep is from the early hours of the night" },
    },
  },
  readiness_score: {
    label: "readiness",
    route: "daily_readiness_contributors",
    contributors: {
      resting_heart_rate: {
        label: "resting heart rate",
        counts: "the night's lowest heart rate against the usual one",
      },
      hrv_balance: { label: "HRV balance", counts: "the HRV of two weeks against that of three months" },
      body_temperature: { label: "body temperature", counts: "the night's skin temperature against the usual one" },
      recovery_index: { label: "recovery index", counts: "how early in the night the heart rate came to rest" },
      previous_night: { label: "previous night", counts: "the sleep of last night" },
      sleep_balance: { label: "sleep balance", counts: "the sleep of two weeks against what is needed" },
      sleep_regularity: { label: "sleep regularity", counts: "how regular the nights of two weeks were" },
      previous_day_activity: { label: "previous day activity", counts: "the activity of the day before, low or high" },
      activity_balance: { label: "activity balance", counts: "the activity of two weeks against the usual one" },
    },
  },
  activity_score: {
    label: "activity score",
    route: "daily_activity_contributors",
    contributors: {
      stay_active: { label: "stay active", counts: "the inactive hours of 24 hours" },
      move_every_hour: { label: "move every hour", counts: "the inactivity alerts of 24 hours" },
      meet_daily_targets: { label: "meet daily targets", counts: "the goals reached in seven days" },
      training_frequency: { label: "training frequency", counts: "how often there was exercise in seven days" },
      training_volume: { label: "training volume", counts: "how much exercise there was in seven days" },
      recovery_time: { label: "recovery time", counts: "the easy days among seven" },
    },
  },
  resilience: {
    label: "resilience",
    route: "daily_resilience_contributors",
    contributors: {
      sleep_recovery: { label: "sleep recovery", counts: "the recovery in sleep" },
      daytime_recovery: { label: "daytime recovery", counts: "the recovery in the daytime" },
      stress: { label: "stress", counts: "the load of stress in the daytime; higher is less" },
    },
  },
} as const satisfies Record<string, ContributedScore>;

export type ContributedScoreName = keyof typeof contributedScores;
export type ContributorRouteName = (typeof contributedScores)[ContributedScoreName]["route"];
