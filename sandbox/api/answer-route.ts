import { DAY, type Instant } from "../people/calendar.ts";
import type { Life } from "../people/life.ts";
import type { OuraDocument } from "../people/placed.ts";
import { personalInfo, ringDocuments } from "../people/ring-documents.ts";
import type { Scope } from "../scopes.ts";
import { documentsWithin, findDocument } from "./collections.ts";
import { decodeNextToken, encodeNextToken } from "./next-token.ts";
import { booleanIssue, dateTimeWindow, dateWindow, type ParsedWindow, parseBoolean } from "./parameters.ts";
import { badRequest, documentNotFound, routeNotFound, unprocessable } from "./problems.ts";
import { projection } from "./projection.ts";
import { documentRoute, isSeriesRoute, type SeriesRoute } from "./routes.ts";
import { latestRow, seriesPage } from "./series.ts";

/** Longest heart-rate window; a longer one is refused. */
const HEART_RATE_DAYS = 30;

export interface RouteRequest {
  route: string;
  id: string | null;
  query: URLSearchParams;
  life: Life;
  now: Instant;
  /** Nothing the person recorded after this instant has reached Oura. */
  horizon: Instant;
  scopes: readonly Scope[];
}

export function answerRoute(request: RouteRequest): Response {
  const { route, id } = request;
  if (isSeriesRoute(route)) return id === null ? answerSeries(route, request) : routeNotFound();
  if (route === "personal_info") return id === null ? answerPersonalInfo(request) : routeNotFound();
  if (route === "ring_configuration") return answerRings(request);
  return id === null ? answerDocuments(request) : answerDocument(request, id);
}

function answerDocuments({ route, query, life, now, horizon }: RouteRequest): Response {
  const collection = documentRoute(route);
  if (!collection) return routeNotFound();
  const window = dateWindow(query, now);
  if (window.kind !== "window") return refuse(window);
  const fields = collection.ignoresFields ? null : query.get("fields");
  return envelope(documentsWithin(collection, life, window, horizon), fields, null);
}

function answerDocument({ route, query, life, horizon }: RouteRequest, id: string): Response {
  const collection = documentRoute(route);
  const document = collection && findDocument(collection, life, id, horizon);
  if (!collection || !document) return documentNotFound();
  return Response.json(projection(collection.ignoresFields ? null : query.get("fields"))(document));
}

function answerRings({ id, query, life }: RouteRequest): Response {
  const rings = ringDocuments(life);
  if (id === null) return envelope(rings, query.get("fields"), null);
  const ring = rings.find((document) => document.id === id);
  return ring ? Response.json(projection(query.get("fields"))(ring)) : documentNotFound();
}

function answerSeries(route: SeriesRoute, { query, life, now, horizon }: RouteRequest): Response {
  const latest = parseBoolean(query.get("latest"));
  if (latest === null) return unprocessable([booleanIssue("latest", query.get("latest") ?? "")]);
  const window = dateTimeWindow(query, now);
  if (window.kind !== "window") return refuse(window);
  const end = Math.min(window.end, horizon);
  if (latest) {
    const row = latestRow(route, life, end);
    return envelope(row ? [row] : [], query.get("fields"), null);
  }
  const token = query.get("next_token") || null;
  const start = token === null ? window.start : decodeNextToken(life.userId, token);
  if (start === null) return badRequest("Invalid next_token.");
  if (route === "heartrate" && window.end - start > HEART_RATE_DAYS * DAY) {
    return badRequest(`Time range must not exceed ${HEART_RATE_DAYS} days.`);
  }
  const page = seriesPage(route, life, { kind: "window", start, end });
  return envelope(page.rows, query.get("fields"), page.next === null ? null : encodeNextToken(life.userId, page.next));
}

/** Without `personal` only the id is returned; the e-mail address needs its own permission. */
function answerPersonalInfo({ life, scopes }: RouteRequest): Response {
  const { id, email, ...profile } = personalInfo(life);
  return Response.json({
    id,
    ...(scopes.includes("personal") ? profile : {}),
    ...(scopes.includes("email") ? { email } : {}),
  });
}

function envelope(documents: readonly OuraDocument[], fields: string | null, nextToken: string | null): Response {
  return Response.json({ data: documents.map(projection(fields)), next_token: nextToken });
}

function refuse(problem: Exclude<ParsedWindow, { kind: "window" }>): Response {
  return problem.kind === "invalid"
    ? unprocessable(problem.issues)
    : badRequest("Start of the range must not be after its end.");
}
