/** How long the ring was off on a day, in seconds; null when Oura does not say. */
export interface WearTime {
  non_wear_time: number | null;
  /** Set where the figures were set aside. A document can also be without figures because none could be read. */
  isSetAside?: true;
}

const mostlyOffSeconds = 12 * 3600;
/** From this time off the finger on, a day counts as worn in part, which answers say. */
const partlyOffSeconds = 4 * 3600;

/** Whether the ring was off for more than half of the day. Then what it counted says nothing about the day. */
export function wasMostlyOff({ non_wear_time }: WearTime): boolean {
  return (non_wear_time ?? 0) > mostlyOffSeconds;
}

/** Whether the ring was off for four to twelve hours of the day. */
function wasPartlyOff(document: WearTime): boolean {
  return (document.non_wear_time ?? 0) >= partlyOffSeconds && !wasMostlyOff(document);
}

/** The whole hours that the ring was worn, of a day on which it was worn in part; null for other days. */
export function hoursWorn(document: WearTime): number | null {
  return wasPartlyOff(document) ? 24 - Math.round((document.non_wear_time ?? 0) / 3600) : null;
}

/** What a day's document keeps when the ring was mostly off: which day it is, and how long the ring was off. */
const keptFields: readonly string[] = ["day", "timestamp", "non_wear_time"];

/** The document without its figures: 87 steps of a day on the charger are no day's steps. */
export function setFiguresAside<Document extends WearTime>(document: Document): Document {
  const kept = Object.entries(document).map(([field, value]) => [field, keptFields.includes(field) ? value : null]);
  return { ...Object.fromEntries(kept), isSetAside: true } as Document; // every other field may be null
}
