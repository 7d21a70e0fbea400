/** How many seconds of a day the ring was off the finger. Null when Oura does not say. */
export interface WearTime {
  non_wear_time: number | null;
  /**
   * Set when the figures of the document were removed because the ring was mostly off the finger. The mark is needed
   * because a document can also lack figures that Oura did not send readably.
   */
  isSetAside?: true;
}

const mostlyOffSeconds = 12 * 3600;
/**
 * From this many seconds off the finger on, a day counts as worn only in part. Answers say how long the ring was worn
 * on such a day.
 */
const partlyOffSeconds = 4 * 3600;

/**
 * Whether the ring was off the finger for more than half of the day. Then what the ring counted says nothing about the
 * day.
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
 * The fields that a document keeps when its figures are removed: which day it is, and how long the ring was off the
 * finger.
 */
const keptFields: readonly string[] = ["day", "timestamp", "non_wear_time"];

/**
 * Removes the figures of a day on which the ring was mostly off the finger. If the ring lay on its charger, a count of
 * 87 steps is not the day's number of steps.
 */
export function setFiguresAside<Document extends WearTime>(document: Document): Document {
  const kept = Object.entries(document).map(([field, value]) => [field, keptFields.includes(field) ? value : null]);
  return { ...Object.fromEntries(kept), isSetAside: true } as Document; // every other field may be null
}
