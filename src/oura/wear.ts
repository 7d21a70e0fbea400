/** The seconds of a day that the ring was off the finger. Null when Oura does not state it. */
export interface WearTime {
  non_wear_time: number | null;
  /**
   * Set when {@link setFiguresAside} removed the numbers of the document. Without this mark, nobody could tell this
   * document from one whose numbers could not be read.
   */
  isSetAside?: true;
}

const mostlyOffSeconds = 12 * 3600;
/** If the ring was off the finger for at least this long, answers say for how many hours of the day it was worn. */
const partlyOffSeconds = 4 * 3600;

/**
 * Whether the ring was off the finger for more than half of the day. If so, its counts, such as steps, do not describe
 * the day.
 */
export function wasMostlyOff({ non_wear_time }: WearTime): boolean {
  return (non_wear_time ?? 0) > mostlyOffSeconds;
}

function wasPartlyOff(document: WearTime): boolean {
  return (document.non_wear_time ?? 0) >= partlyOffSeconds && !wasMostlyOff(document);
}

/**
 * The hours that the ring was worn, as a whole number. Only days on which the ring was off the finger for four to
 * twelve hours have such a number. The result is null for all other days.
 */
export function hoursWorn(document: WearTime): number | null {
  return wasPartlyOff(document) ? 24 - Math.round((document.non_wear_time ?? 0) / 3600) : null;
}

const keptFields: readonly string[] = ["day", "timestamp", "non_wear_time"];

/**
 * Removes the numbers from the document of a day on which the ring was mostly off the finger. A ring that lay on its
 * charger for most of the day, for example, counts too few steps.
 */
export function setFiguresAside<Document extends WearTime>(document: Document): Document {
  const kept = Object.entries(document).map(([field, value]) => [field, keptFields.includes(field) ? value : null]);
  return { ...Object.fromEntries(kept), isSetAside: true } as Document; // every other field may be null
}
