import type { Body, Person, Ring } from "./person.ts";

const BODY: Body = {
  age: 38,
  weightKg: 74,
  heightM: 1.76,
  sex: "male",
  restingHeartRate: 53,
  hrvMs: 46,
  breathsPerMinute: 14.9,
  sleepHours: 7.2,
  bedtimeMinutes: 1_390,
  steps: 8_600,
  cycleDays: null,
};

const GEN4: Ring = {
  hardware: "gen4",
  color: "brushed_silver",
  design: "horizon",
  firmware: "4.3.2",
  size: 10,
  setUpDaysAgo: 402,
};

/** Defaults; each person below lists only the differences. */
const USUAL: Omit<Person, "id" | "label" | "description" | "zone" | "historyDays"> = {
  email: null,
  body: BODY,
  rings: [GEN4],
  lastRingDaysAgo: null,
  membership: "active",
  sensesDaytime: true,
  missedNights: 0.05,
  travelsTo: null,
  eventful: false,
  restless: false,
};

const RESTLESS: Person = {
  ...USUAL,
  id: "restless",
  label: "Restless Rosa",
  description:
    "Six years of nights in parts, shifts, hours without the ring, rest mode, swims, and a ring without a date",
  zone: "America/Costa_Rica",
  historyDays: 2_192,
  rings: [
    {
      ...GEN4,
      hardware: "gen3",
      color: "glossy_gold",
      design: "heritage",
      firmware: "2.9.27",
      size: 8,
      setUpDaysAgo: 2_192,
    },
    { ...GEN4, hardware: "or5", color: "deep_rose", design: "ceramic", firmware: "5.0.4", size: 8, setUpDaysAgo: null },
  ],
  restless: true,
  body: { ...BODY, age: 41, weightKg: 64, heightM: 1.66, sex: "female", restingHeartRate: 56, hrvMs: 38, steps: 9_400 },
};

export const PEOPLE: readonly Person[] = [
  {
    ...USUAL,
    id: "everyday",
    label: "Everyday Eli",
    description: "400 days with a trip, an illness, naps, missed nights and tags that matter",
    zone: "America/New_York",
    email: "everyday@example.com",
    historyDays: 400,
    travelsTo: "Europe/Paris",
    eventful: true,
  },
  {
    ...USUAL,
    id: "new",
    label: "New Noor",
    description: "Third day with a first ring: scores still forming",
    zone: "America/Chicago",
    historyDays: 3,
    missedNights: 0,
    rings: [{ ...GEN4, setUpDaysAgo: 3 }],
    body: { ...BODY, age: 27, restingHeartRate: 58, hrvMs: 62 },
  },
  {
    ...USUAL,
    id: "gen2",
    label: "Gen 2 Gita",
    description: "A Gen 2 ring: no blood oxygen, stress, resilience, heart health or daytime heart rate",
    zone: "Europe/Berlin",
    historyDays: 120,
    sensesDaytime: false,
    rings: [
      {
        hardware: "gen2",
        color: "silver",
        design: "heritage",
        firmware: "1.38.1",
        size: 8,
        setUpDaysAgo: 1_900,
      },
    ],
    body: { ...BODY, age: 52, weightKg: 66, heightM: 1.68, sex: "female", restingHeartRate: 57, hrvMs: 31 },
  },
  {
    ...USUAL,
    id: "no_ring",
    label: "No-ring Nils",
    description: "An account without a ring: no documents at all",
    zone: "Europe/Stockholm",
    historyDays: 0,
    rings: [],
  },
  {
    ...USUAL,
    id: "two_rings",
    label: "Two-ring Tara",
    description: "A newer Gen 4 ring with the old Gen 3 still listed; a monthly cycle",
    zone: "Europe/London",
    historyDays: 90,
    rings: [
      {
        ...GEN4,
        hardware: "gen3",
        color: "stealth_black",
        design: "heritage",
        firmware: "2.9.27",
        setUpDaysAgo: "1970",
      },
      { ...GEN4, color: "rose", size: 7, setUpDaysAgo: 60 },
    ],
    body: { ...BODY, age: 31, weightKg: 61, heightM: 1.7, sex: "female", restingHeartRate: 55, cycleDays: 29 },
  },
  {
    ...USUAL,
    id: "lapsed",
    label: "Lapsed Lars",
    description: "Membership has lapsed: only the profile answers",
    zone: "Europe/Oslo",
    historyDays: 60,
    membership: "lapsed",
    body: { ...BODY, age: 45, restingHeartRate: 60, hrvMs: 28 },
  },
  {
    ...USUAL,
    id: "far_east",
    label: "Far-east Fale",
    description: "Lives at UTC+13 all year, where a local day starts on the day before in UTC",
    zone: "Pacific/Tongatapu",
    historyDays: 120,
    body: { ...BODY, age: 34, weightKg: 82, restingHeartRate: 56, hrvMs: 40, steps: 7_400 },
  },
  RESTLESS,
];

/** The same kind of life elsewhere, to test what a time zone changes. */
const VARIANTS: readonly Person[] = [
  {
    ...RESTLESS,
    id: "restless_east",
    label: `${RESTLESS.label}, at UTC+13`,
    description: "The same irregular days where a local day starts on the day before in UTC; each sleep names its ring",
    zone: "Pacific/Tongatapu",
    lastRingDaysAgo: 140,
  },
];

export const ACCOUNTS: readonly Person[] = [...PEOPLE, ...VARIANTS];

export function findPerson(id: string): Person | null {
  return ACCOUNTS.find((person) => person.id === id) ?? null;
}
