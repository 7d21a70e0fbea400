/** A Friday afternoon in New York, long after the night was synced. Default start of tests, runs and measurements. */
export const fixedInstant = "2026-11-20T20:00:00Z";

export interface NamedInstant {
  name: string;
  instant: string;
}

/** Instants at which answers may differ: when the people's days begin, before nights are synced, and unusual dates. */
export const instants: readonly NamedInstant[] = [
  { name: "just after midnight UTC", instant: "2026-11-18T00:30:00Z" },
  { name: "before New York's midnight, UTC a day ahead", instant: "2026-11-18T04:40:00Z" },
  { name: "just after New York's midnight", instant: "2026-11-18T05:10:00Z" },
  { name: "asleep in New York", instant: "2026-11-18T09:00:00Z" },
  { name: "before the night is synced", instant: "2026-11-18T12:45:00Z" },
  { name: "about when the night is synced", instant: "2026-11-18T13:30:00Z" },
  { name: "just before midnight UTC", instant: "2026-11-18T23:50:00Z" },
  { name: "the end of a month", instant: "2026-10-31T23:40:00Z" },
  { name: "the end of a year", instant: "2026-12-31T23:40:00Z" },
  { name: "29 February", instant: "2028-02-29T12:00:00Z" },
  { name: "New York's clocks go forward", instant: "2027-03-14T07:30:00Z" },
  { name: "New York's clocks go back", instant: "2026-11-01T06:30:00Z" },
  { name: "Sydney's clocks go forward", instant: "2026-10-03T16:30:00Z" },
  { name: "400 days later", instant: "2027-12-25T20:00:00Z" },
];

export function parseInstant(text: string): number | null {
  const time = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
