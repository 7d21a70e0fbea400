import { type IsoDay, parseIsoDay } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { splitCode } from "../../words/code-words.ts";
import { formatCount, formatDay, formatSpan, joinSentences, sayNumber, upperFirst } from "../../words/present.ts";
import { quoteWearer } from "../../words/wearer-text.ts";

/** Keys are Oura's codes for ring models. */
const modelNames: Readonly<Record<string, string>> = {
  gen1: "Ōura Ring (first generation)",
  gen2: "Ōura Ring Gen2",
  gen2m: "Ōura Ring Gen2",
  gen3: "Ōura Ring Gen3",
  gen4: "Ōura Ring 4",
  or5: "Ōura Ring 5",
};
/**
 * Codes of later models, which this code does not know but which look like the known codes. The answer shows them
 * unchanged.
 */
const laterModel = /^(?:gen|or)\d{1,2}[a-z]?$/;

const colors: readonly string[] = [
  ...["brushed_silver", "glossy_black", "glossy_gold", "glossy_white", "gucci", "matt_gold", "rose", "silver"],
  ...["stealth_black", "titanium", "titanium_and_gold", "cloud", "petal", "midnight", "tide", "deep_rose"],
  ...["black", "white", "gold"],
];
const designs: readonly string[] = ["heritage", "balance", "balance_diamond", "horizon", "ceramic"];
const version = /^\d{1,4}(?:\.\d{1,6}){0,5}$/;

export interface Ring {
  model: string | null;
  firmware: string | null;
  size: number | null;
  color: string | null;
  design: string | null;
  set_up_on: string | null;
  /**
   * The ring's newest night among the nights that were read. Absent when Oura does not state which ring recorded a
   * night.
   */
  last_night_on?: string;
  /**
   * The first night that the ring recorded. `nights` is the number of days on which the ring recorded sleep. Both are
   * present only when the question asks for the history of the rings.
   */
  first_night_on?: string;
  nights?: number;
  /**
   * Oura's values for model, firmware, colour and design that this code does not know. They are quoted, because they
   * are text from outside.
   */
  wearer_text?: string;
}

export interface Rings {
  /** The ring that is most likely in use comes first. */
  all: Ring[];
  /**
   * The rings that may be in use. There are several when several rings were worn lately, or when nothing shows which
   * ring is the newest.
   */
  inUse: Ring[];
  /**
   * How it is known which rings are in use. `only_one`: the account has only one ring. `nights`: Oura states which ring
   * recorded each night. `set_up`: the set-up dates show it. `nothing`: it is not known.
   */
  by: "only_one" | "nights" | "set_up" | "nothing";
}

interface Placed {
  ring: Ring;
  /** Whether Oura gives 1970-01-01 as the ring's set-up date, as it does for some old rings. */
  isDatedZero: boolean;
}

/**
 * Determines which rings may be in use. If Oura states which rings recorded the nights of the last two weeks, these
 * rings may be in use. Rings that were set up after the last of these nights may also be in use. If Oura does not state
 * it, the set-up dates decide: the ring with the latest set-up date and all rings without a set-up date may be in use.
 * For some old rings, Oura gives the set-up date 1970-01-01. If all rings have this date, any of them may be in use.
 * Otherwise, rings with this date are taken to be no longer in use.
 * @param sleeps The sleep of the last two weeks or of six years. Empty when it was not read
 * @param recentSince The first day of the last two weeks
 * @param withNights Whether the result has the first night of each ring, and the number of days with sleep
 */
export function arrangeRings(
  documents: readonly OuraDocument<"ring_configuration">[],
  sleeps: readonly OuraDocument<"sleep_ring">[],
  { recentSince, withNights }: { recentSince: IsoDay; withNights: boolean },
): Rings {
  const nights = findNights(sleeps);
  const placed = withoutRepeats(documents).map((document): Placed => {
    const found = document.id === null ? undefined : nights.get(document.id);
    const ring = {
      ...describeRing(document),
      ...(found && (withNights || documents.length > 1) ? { last_night_on: found.last } : {}),
      ...(found && withNights ? { first_night_on: found.first, nights: found.count } : {}),
    };
    return { ring, isDatedZero: document.set_up_at?.startsWith("1970-01-01") ?? false };
  });
  const ordered = placed.toSorted((one, other) => rank(other).localeCompare(rank(one)));
  const all = ordered.map(({ ring }) => ring);
  const [first] = all;
  if (!first || all.length === 1) return { all, inUse: all, by: "only_one" };
  const worn = all.filter(({ last_night_on: last }) => last !== undefined && last >= recentSince);
  if (worn.length > 0) {
    const newest = worn[0]?.last_night_on ?? "";
    const setUpSince = all.filter((ring) => !worn.includes(ring) && (ring.set_up_on ?? "") > newest);
    return { all, inUse: [...worn, ...setUpSince], by: "nights" };
  }
  const undated = ordered.filter(({ ring, isDatedZero }) => ring.set_up_on === null && !isDatedZero);
  const dated = all.filter(({ set_up_on }) => set_up_on !== null);
  const candidates = [...dated.slice(0, 1), ...undated.map(({ ring }) => ring)];
  if (candidates.length === 0) return { all, inUse: all, by: "nothing" };
  return { all, inUse: candidates, by: candidates.length === 1 ? "set_up" : "nothing" };
}

/** If Oura lists a ring twice, the later record is a correction, so the earlier record is left out. */
function withoutRepeats(documents: readonly OuraDocument<"ring_configuration">[]) {
  return documents.filter(
    ({ id }, index) => id === null || documents.findLastIndex((document) => document.id === id) === index,
  );
}

/**
 * The sort key of a ring: its last recorded night, then its set-up date. Oura gives 1970 as the set-up date of some old
 * rings. A ring without a set-up date may be newer than these, so it ranks above them.
 */
function rank({ ring, isDatedZero }: Placed): string {
  return `${ring.last_night_on ?? "0"} ${ring.set_up_on ?? (isDatedZero ? "0" : "1")}`;
}

/** `first` and `last` are the first and the last day with sleep. `count` is the number of days with sleep. */
interface RingNights {
  first: IsoDay;
  last: IsoDay;
  count: number;
}

/** Finds the days on which each ring recorded sleep. Naps count too, because they show that the ring was worn. */
function findNights(sleeps: readonly OuraDocument<"sleep_ring">[]): ReadonlyMap<string, RingNights> {
  const days = new Map<string, Set<IsoDay>>();
  for (const { day, type, ring_id } of sleeps) {
    if (ring_id === null || type === "deleted" || type === "rest") continue;
    days.set(ring_id, (days.get(ring_id) ?? new Set()).add(day));
  }
  return new Map(
    Array.from(days, ([id, ofRing]) => {
      const sorted = [...ofRing].toSorted();
      const [first, last] = [sorted[0], sorted.at(-1)];
      // Never thrown, because every ring in `days` has at least one day.
      if (first === undefined || last === undefined) throw new Error("a ring without a night");
      return [id, { first, last, count: sorted.length }];
    }),
  );
}

/** Oura dates some old rings 1970-01-01, which means that the set-up date is unknown. */
function describeRing(document: OuraDocument<"ring_configuration">): Ring {
  const setUpOn = parseIsoDay(document.set_up_at?.slice(0, 10) ?? "");
  const model = document.hardware_type?.toLowerCase() ?? null;
  const isModel = model !== null && (Object.hasOwn(modelNames, model) || laterModel.test(model));
  const figures = {
    model: isModel ? model : null,
    firmware:
      document.firmware_version !== null && version.test(document.firmware_version) ? document.firmware_version : null,
    color: pickKnown(colors, document.color),
    design: pickKnown(designs, document.design),
  };
  const sent = [
    ["model", document.hardware_type, figures.model],
    ["firmware", document.firmware_version, figures.firmware],
    ["colour", document.color, figures.color],
    ["design", document.design, figures.design],
  ] as const;
  const unknown = sent.flatMap(([name, value, known]) =>
    value === null || known !== null ? [] : [`${name} ${splitCode(value).join(" ")}`],
  );
  const quoted = quoteWearer(unknown.join("; "));
  return {
    model: figures.model,
    firmware: figures.firmware,
    size: document.size,
    color: figures.color,
    design: figures.design,
    set_up_on: setUpOn === "1970-01-01" ? null : setUpOn,
    ...(quoted === null ? {} : { wearer_text: quoted }),
  };
}

function pickKnown(known: readonly string[], value: string | null): string | null {
  const plain = value?.toLowerCase() ?? "";
  return known.includes(plain) ? plain : null;
}

/** Maps each field of the answer to the field of Oura's document. */
const ouraFields = {
  model: "hardware_type",
  firmware: "firmware_version",
  size: "size",
  color: "color",
  design: "design",
  set_up_on: "set_up_at",
} as const;

/** Reports that the account has no ring, or that Oura does not state some fields of a ring. */
export function explainRings(documents: readonly OuraDocument<"ring_configuration">[]): MissingEntry[] {
  if (documents.length === 0) return [{ what: "ring", reason: "no_ring" }];
  const unsaid = Object.entries(ouraFields).filter(([, field]) => documents.some((ring) => ring[field] === null));
  return unsaid.length === 0
    ? []
    : [{ what: `ring ${unsaid.map(([name]) => name).join(", ")}`, reason: "unavailable" }];
}

export function sayRings({ all, inUse, by }: Rings): string {
  const [ring, ...more] = inUse;
  if (!ring) return "No ring is set up in this Ōura account.";
  const others = all.length - inUse.length;
  const word = by === "set_up" || by === "nothing" ? "older" : "other";
  const rest = others === 0 ? null : `${others} ${word} ${others === 1 ? "ring is" : "rings are"} still listed.`;
  if (more.length === 0) return joinSentences(`${sayRing(ring)}.`, rest);
  const count = sayNumber(inUse.length);
  const said = inUse.map(sayRing).join("; and ");
  return joinSentences(
    by === "nights"
      ? `${upperFirst(count)} rings were worn or set up in the last two weeks: ${said}.`
      : `${upperFirst(count)} rings are listed, and nothing tells which is newer: ${said}.`,
    rest,
  );
}

/** Which ring recorded which nights, the oldest nights first. Null when Oura names no ring for any night. */
export function sayHistory({ all }: Rings): string | null {
  const worn = all
    .filter(({ nights }) => nights !== undefined)
    .toSorted((one, other) => (one.first_night_on ?? "").localeCompare(other.first_night_on ?? ""));
  if (worn.length === 0) return null;
  const said = worn.map((ring) => {
    const [first, last] = [ring.first_night_on, ring.last_night_on].map((day) => parseIsoDay(day ?? ""));
    const days = first && last ? ` from ${formatSpan({ start: first, end: last })}` : "";
    return `${nameRing(ring)} ${formatCount(ring.nights ?? 0)} days with sleep${days}`;
  });
  return `Recorded by ring: ${said.join("; ")}.`;
}

function nameRing({ model }: Ring): string {
  return model === null ? "Ōura Ring" : (modelNames[model] ?? `Ōura Ring (${model})`);
}

function sayRing(ring: Ring): string {
  const since = ring.set_up_on === null ? null : parseIsoDay(ring.set_up_on);
  const last = ring.last_night_on === undefined ? null : parseIsoDay(ring.last_night_on);
  return [
    nameRing(ring),
    ring.size === null ? null : `size ${ring.size}`,
    ring.color?.replaceAll("_", " "),
    ring.firmware === null ? null : `firmware ${ring.firmware}`,
    since === null ? null : `set up on ${formatDay(since)}`,
    last === null ? null : `last worn in the night to ${formatDay(last)}`,
  ]
    .filter((part) => part !== null && part !== undefined)
    .join(", ");
}
