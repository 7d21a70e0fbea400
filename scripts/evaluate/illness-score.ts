/** What a method said of one person: the days (numbers) it raised an alert on, ascending. */
export type Alarms = readonly number[];

export interface Case {
  alarms: Alarms;
  onset: number;
  onsets: readonly number[];
  /** Scored days, both ends included. */
  first: number;
  last: number;
}

export interface Outcome {
  recall: number;
  /** Nights from onset to the first alert, over the illnesses found. */
  meanDelay: number;
  /** All episodes, those of the illnesses included, per 30 days. */
  episodesPerMonth: number;
  /** Episodes that begin outside any illness. */
  falseEpisodesPerMonth: number;
  people: number;
}

/** An illness counts as found when an alert falls into its first seven nights. */
const searchNights = 7;
/** Alerts from onset to this many days later belong to the illness: eight nights of it and some after-effect. */
const illnessDays = 14;
/** A longer pause between alerts starts a new episode … */
const longestPause = 3;
/** … and somebody alerted on and on counts again every week. */
const longestEpisode = 7;

export function scoreCases(cases: readonly Case[]): Outcome {
  let found = 0;
  let delays = 0;
  let episodes = 0;
  let falseEpisodes = 0;
  let days = 0;
  for (const { alarms, onset, onsets, first, last } of cases) {
    const scored = alarms.filter((day) => day >= first && day <= last);
    const hit = scored.find((day) => day >= onset && day < onset + searchNights);
    if (hit !== undefined) {
      found += 1;
      delays += hit - onset;
    }
    const starts = episodeStarts(scored);
    episodes += starts.length;
    falseEpisodes += starts.filter((day) => !onsets.some((ill) => day >= ill && day < ill + illnessDays)).length;
    days += last - first + 1;
  }
  return {
    recall: found / cases.length,
    meanDelay: delays / Math.max(1, found),
    episodesPerMonth: (30 * episodes) / days,
    falseEpisodesPerMonth: (30 * falseEpisodes) / days,
    people: cases.length,
  };
}

function episodeStarts(alarms: Alarms): number[] {
  const starts: number[] = [];
  let previous = Number.NEGATIVE_INFINITY;
  for (const day of alarms) {
    const start = starts.at(-1) ?? Number.NEGATIVE_INFINITY;
    if (day - previous > longestPause || day - start >= longestEpisode) starts.push(day);
    previous = day;
  }
  return starts;
}
