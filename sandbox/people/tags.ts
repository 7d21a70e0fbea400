import { type DayNumber, weekday } from "./calendar.ts";
import type { Life } from "./life.ts";
import { randomFor } from "./random.ts";
import { within } from "./timeline.ts";
import { wornOn } from "./wear.ts";

/** The wearer's tags of a day. Alcohol and a late meal affect the following night; the others have no effect. */
export interface DayTags {
  alcohol: boolean;
  lateMeal: boolean;
  noCaffeine: boolean;
  coldShower: boolean;
  sick: boolean;
}

export function tagsOn(life: Life, day: DayNumber): DayTags {
  const random = randomFor(life.seed, "tags", day);
  const worn = wornOn(life, day);
  const sick = within(life.timeline.illness, day) && day > (life.timeline.illness?.first ?? day);
  const party = weekday(day) === 5 || weekday(day) === 6;
  return {
    alcohol: random.chance(party ? 0.4 : 0.06) && worn && !sick,
    lateMeal: random.chance(0.12) && worn && !sick,
    noCaffeine: random.chance(0.25) && worn,
    coldShower: random.chance(0.15) && worn && !sick,
    sick,
  };
}
