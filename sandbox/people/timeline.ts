import { type Calendar, DAY, type DayNumber, HOUR } from "./calendar.ts";
import type { Person } from "./person.ts";

/** How long an ordinary infection is visible in nightly values. */
const ILLNESS_DAYS = 8;

export interface Span {
  first: DayNumber;
  last: DayNumber;
}

/** The dates of a person's planted features. They depend on the anchor day only, never on the current time. */
export interface Timeline {
  anchorDay: DayNumber;
  firstDay: DayNumber;
  /** Leaves home in the evening of `first`, is back home on the day after `last`. */
  trip: (Span & { zone: string }) | null;
  /** Days whose nights carry the illness: 8 of them. */
  illness: Span | null;
  offFinger: readonly Span[];
  /** Days with an implausible value that clients must handle. */
  temperatureOutlierDay: DayNumber | null;
  heartRateBlipDay: DayNumber | null;
}

export function createTimeline(person: Person, anchorDay: DayNumber, calendar: Calendar): Timeline {
  const trip = person.travelsTo === null ? null : placeTrip(person.zone, person.travelsTo, anchorDay, calendar);
  const planted = (daysAgo: number): DayNumber | null => (person.eventful ? anchorDay - daysAgo : null);
  return {
    anchorDay,
    firstDay: anchorDay - person.historyDays + 1,
    trip,
    illness: person.eventful ? placeIllness(anchorDay, trip) : null,
    offFinger: offFinger(person).map((daysAgo) => ({ first: anchorDay - daysAgo, last: anchorDay - daysAgo + 3 })),
    temperatureOutlierDay: planted(16),
    heartRateBlipDay: planted(12),
  };
}

/** How many days ago each of the times without the ring began. */
function offFinger({ eventful, restless }: Person): number[] {
  if (eventful) return [270, 171];
  return restless ? [1_480, 806, 287, 38] : [];
}

/** Where the wearer's phone is on `day`, as a time zone. */
export function zoneOn(person: Person, timeline: Timeline, day: DayNumber): string {
  const { trip } = timeline;
  return trip !== null && day > trip.first && day <= trip.last ? trip.zone : person.zone;
}

export function within(span: Span | null, day: DayNumber): boolean {
  return span !== null && day >= span.first && day <= span.last;
}

/** The trip includes the latest clock change, at home or at the destination, that is at least a week ago. */
function placeTrip(home: string, away: string, anchorDay: DayNumber, calendar: Calendar): Timeline["trip"] {
  const offsetAtNoon = (zone: string, day: DayNumber): number => calendar.offsetMinutes(zone, day * DAY + 12 * HOUR);
  for (let day = anchorDay - 7; day > anchorDay - 373; day--) {
    if ([home, away].some((zone) => offsetAtNoon(zone, day) !== offsetAtNoon(zone, day - 1))) {
      return { first: day - 4, last: day + 4, zone: away };
    }
  }
  return null;
}

/** About 40 days ago, moved if it would overlap the trip: two causes at once could not be told apart. */
function placeIllness(anchorDay: DayNumber, trip: Span | null): Span {
  const wanted = anchorDay - 44;
  const apart = 5;
  const free = (first: DayNumber): boolean =>
    trip === null || first + ILLNESS_DAYS + apart <= trip.first || first >= trip.last + apart;
  const places = [wanted, (trip?.first ?? 0) - ILLNESS_DAYS - apart, (trip?.last ?? 0) + apart];
  const [first = wanted] = places.filter(free).sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  return { first, last: first + ILLNESS_DAYS - 1 };
}
