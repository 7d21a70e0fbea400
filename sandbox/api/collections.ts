import { DAY, type DayNumber, type Instant } from "../people/calendar.ts";
import { dayOfDocumentId, type Life } from "../people/life.ts";
import { createLifeMemo } from "../people/life-memo.ts";
import type { OuraDocument, Placed } from "../people/placed.ts";
import type { Window } from "./parameters.ts";
import type { DocumentRoute } from "./routes.ts";

/** Largest distance between a document's own day and its anchor, in any time zone. */
const ANCHOR_SLACK_DAYS = 2;
/** After so many days nothing changes a document any more. The longest rest mode is shorter. */
const SETTLED_DAYS = 30;
/** Routes whose answers over the whole history are kept. */
const ROUTES_KEPT = 6;

/** By route and day. Later answers of these days are the same. */
const settledDocuments = createLifeMemo<readonly Placed[]>((life) => ROUTES_KEPT * life.days);
/** By route, day and horizon. */
const recentDocuments = createLifeMemo<readonly Placed[]>(() => 2_500);

/** Documents whose anchor lies in the window, both ends included, oldest day first. */
export function documentsWithin(route: DocumentRoute, life: Life, window: Window, horizon: Instant): OuraDocument[] {
  const from = Math.floor(window.start / DAY) - ANCHOR_SLACK_DAYS;
  const to = Math.floor(window.end / DAY) + ANCHOR_SLACK_DAYS;
  return daysOf(life, horizon, from, to)
    .flatMap((day) => documentsOn(route, life, day, horizon))
    .filter(({ anchor }) => anchor >= window.start && anchor <= window.end)
    .map(({ document }) => document);
}

function documentsOn(route: DocumentRoute, life: Life, day: DayNumber, horizon: Instant): readonly Placed[] {
  const make = () => route.documents(life, day, horizon);
  if (day * DAY < horizon - SETTLED_DAYS * DAY)
    return settledDocuments.recall(life, `${route.documents.name}|${day}`, make);
  return recentDocuments.recall(life, `${route.documents.name}|${day}|${horizon}`, make);
}

/** Everything Oura holds for the route of the days in the window. */
export function allDocuments(route: DocumentRoute, life: Life, horizon: Instant, window: Window): OuraDocument[] {
  return daysOf(life, horizon, Math.floor(window.start / DAY), Math.floor(window.end / DAY))
    .flatMap((day) => documentsOn(route, life, day, horizon))
    .map(({ document }) => document);
}

export function findDocument(route: DocumentRoute, life: Life, id: string, horizon: Instant): OuraDocument | null {
  const day = dayOfDocumentId(life.seed, id);
  if (day === null || daysOf(life, horizon, day, day).length === 0) return null;
  const found = route.documents(life, day, horizon).find(({ document }) => document.id === id);
  return found?.document ?? null;
}

/** Days in [from, to] that can hold documents; a nap that ends after 18:00 belongs to the next day. */
function daysOf(life: Life, horizon: Instant, from: DayNumber, to: DayNumber): DayNumber[] {
  const first = Math.max(from, life.timeline.firstDay);
  const last = Math.min(to, life.calendar.dayAt(life.person.zone, horizon) + 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
