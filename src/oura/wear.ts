/**
 * The field of a day's document that states how many seconds the ring was off the finger. Null when Oura does not state
 * it.
 */
export interface WearTime {
  non_wear_time: number | null;
  /**
   * Set when {@link setFiguresAside} removed the numbers of the document, because the ring was mostly off the finger.
   * Without this mark, the document would look like one whose numbers could not be read.
   */
  isSetAside?: true;
}

const mostlyOffSeconds = 12 * 3600;
/**
 * If the ring was off the finger for at least this many seconds of a day, answers say for how many hours it was worn.
 */
const partlyOffSeconds = 4 * 3600;

/**
 * Whether the ring was off the finger for more than half of the day. If it was, the ring's counts, such as steps, do
 * not describe the day.
 */
export function wasMostlyOff({ non_wear_time }: WearTime): boolean {
  return (non_wear_time ?? 0) > mostlyOffSeconds;
}

/** Whether the ring was off the finger for four to twelve hours of the day. */
function wasPartlyOff(document: WearTime): boolean {
  return (document.non_wear_time ?? 0) >= partlyOffSeconds && !wasMostlyOff(document);
}

/**
 * The rounded number of hours that the ring was worn, if it was off the finger for four to twelve hours of the day.
 * Null for other days.
 */
export function hoursWorn(document: WearTime): number | null {
  return wasPartlyOff(document) ? 24 - Math.round((document.non_wear_time ?? 0) / 3600) : null;
}

/**
 * The fields that {@link setFiguresAside} keeps: which day the document belongs to, and how long the ring was off the
 * finger.
 */
const keptFields: readonly string[] = ["day", "timestamp", "non_wear_time"];

/**
 * Removes the numbers from the document of a day on which the ring was mostly off the finger. For example, a ring that
 * lay on its charger for most of the day counts too few steps.
 */
export function setFiguresAside<Document extends WearTime>(document: Document): Document {
  const kept = Object.entries(document).map(([field, value]) => [field, keptFields.includes(field) ? value : null]);
  return { ...Object.fromEntries(kept), isSetAside: true } as Document; // every other field may be null
}
