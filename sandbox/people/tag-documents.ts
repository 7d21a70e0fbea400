import { type DayNumber, type Instant, isoDay, MINUTE } from "./calendar.ts";
import { documentId, type Life } from "./life.ts";
import { isDeparture } from "./naps.ts";
import type { Placed } from "./placed.ts";
import { randomFor } from "./random.ts";
import { worksAtNight } from "./restless/night-plan.ts";
import { type DayTags, tagsOn } from "./tags.ts";

interface TagShape {
  /** `null` for a note without a tag. */
  code: string | null;
  customName: string | null;
  /** Local minutes past midnight at which people note it. */
  noted: number;
}

const SHAPES: Record<keyof DayTags, TagShape> = {
  alcohol: { code: "tag_generic_alcohol", customName: null, noted: 20 * 60 + 40 },
  lateMeal: { code: "tag_sleep_latemeal", customName: null, noted: 21 * 60 + 15 },
  noCaffeine: { code: "tag_generic_nocaffeine", customName: null, noted: 11 * 60 + 5 },
  coldShower: { code: "custom", customName: "Cold shower", noted: 12 * 60 },
  sick: { code: "tag_generic_sick", customName: null, noted: 9 * 60 + 30 },
};
const NAMES: readonly (keyof DayTags)[] = ["sick", "noCaffeine", "coldShower", "alcohol", "lateMeal"];

interface Tag extends TagShape {
  at: Instant;
  comment: string | null;
}

export function enhancedTagDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  return notedTags(life, day, horizon).map((tag, index) => {
    const document = {
      id: documentId(life.seed, "enhanced_tag", day, index),
      tag_type_code: tag.code,
      start_time: localStamp(life, day, tag.at),
      end_time: null,
      start_day: isoDay(day),
      end_day: null,
      comment: tag.comment,
      custom_name: tag.customName,
    };
    return { anchor: tag.at, document };
  });
}

/** `tag`: the deprecated form of the same notes. */
export function tagDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  return notedTags(life, day, horizon).map((tag, index) => {
    const document = {
      id: documentId(life.seed, "tag", day, index),
      day: isoDay(day),
      text: tag.customName ?? tag.comment,
      timestamp: localStamp(life, day, tag.at),
      tags: tag.customName === null && tag.code !== null ? [tag.code] : [],
    };
    return { anchor: tag.at, document };
  });
}

function notedTags(life: Life, day: DayNumber, horizon: Instant): Tag[] {
  const tags = tagsOn(life, day);
  const random = randomFor(life.seed, "tag-comments", day);
  // On a departure day the flight leaves in the afternoon; a later tag would fall into the night on board.
  const latest = isDeparture(life, day) ? 13 * 60 : 24 * 60;
  return NAMES.filter((name) => tags[name] && SHAPES[name].noted < latest)
    .map((name) => {
      const at = life.calendar.instantAt(life.zoneOn(day), day, SHAPES[name].noted + random.integer(0, 14));
      return { ...SHAPES[name], at, comment: random.chance(0.6) ? "" : null };
    })
    .concat(life.person.restless ? unusualTags(life, day) : [])
    .filter((tag) => tag.at + MINUTE <= horizon);
}

/** Tags with digits, with words run together, with own names, and a note without a tag. */
function unusualTags(life: Life, day: DayNumber): Tag[] {
  const random = randomFor(life.seed, "unusual-tags", day);
  const noted: (TagShape & { comment: string | null; isNoted: boolean })[] = [
    { code: "tag_generic_glp_1_medication", customName: null, noted: 480, comment: null, isNoted: day % 7 === 3 },
    { code: "tag_generic_covid_19_vaccine", customName: null, noted: 610, comment: null, isNoted: day % 397 === 11 },
    { code: "tag_generic_socialgathering", customName: null, noted: 1_140, comment: "", isNoted: random.chance(0.2) },
    { code: "tag_sleep_late_screentime", customName: null, noted: 1_360, comment: null, isNoted: random.chance(0.25) },
    { code: "custom", customName: "Magnesium 400", noted: 1_270, comment: null, isNoted: random.chance(0.3) },
    { code: "custom", customName: "Nachtdienst 12h", noted: 1_150, comment: "", isNoted: worksAtNight(life, day + 1) },
    { code: null, customName: null, noted: 1_080, comment: "felt odd", isNoted: random.chance(0.05) },
  ];
  return noted
    .filter(({ isNoted }) => isNoted)
    .map(({ isNoted: _, ...tag }) => ({ ...tag, at: life.calendar.instantAt(life.zoneOn(day), day, tag.noted) }));
}

/** Timestamps of tags have no milliseconds. */
function localStamp(life: Life, day: DayNumber, instant: Instant): string {
  return life.calendar.stamp(life.zoneOn(day), instant).replace(".000", "");
}
