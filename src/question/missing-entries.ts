import * as z from "zod";
import { describeFailure, type Failure } from "../errors.ts";
import { type OuraRouteName, pathOf } from "../oura/routes.ts";
import { type MissingReason, missingReasons } from "./missing-reasons.ts";
import type { Figure, Read } from "./reads.ts";

export const missingEntry = z.object({
  what: z.string(),
  days: z.string().optional(),
  reason: z.enum(Object.keys(missingReasons) as MissingReason[]), // Object.keys loses the type of the keys
  detail: z.string().optional(),
});
export type MissingEntry = z.output<typeof missingEntry>;

export function missingFromFailure(what: string, failure: Failure, panelUrl: string): MissingEntry {
  return { what, reason: reasonOf(failure), detail: describeFailure(failure, { home: panelUrl, panel: panelUrl }) };
}

function reasonOf(failure: Failure): MissingReason {
  switch (failure.kind) {
    case "not_granted_to_assistant":
    case "not_granted_by_oura":
      return "not_granted";
    case "membership_lapsed":
      return "no_membership";
    default:
      return "unavailable";
  }
}

/** A request that returned no data, because permission was missing or the request failed. */
export interface LostRead {
  read: Read;
  failure: Failure;
}

/**
 * Entries of the answer's `missing` list for data that could not be read. Some values have a common name (the `group`
 * of {@link Figure}), for example all values of a night. If all values of such a group are missing, one entry gives the
 * common name. If only some of them are missing, one entry lists the names of these values. Values without a common
 * name share one entry if they are missing for the same reason.
 * @param all Every value of this part of the answer, in the order of the answer
 * @param except The names of values that already have an entry with another reason
 */
export function describeLost(
  all: readonly Figure[],
  lost: readonly LostRead[],
  except: ReadonlySet<string>,
  panelUrl: string,
): MissingEntry[] {
  const found = lost.flatMap(({ read, failure }) => read.figures.map((figure) => ({ figure, failure })));
  const inOrder = all.flatMap((figure) => found.filter((one) => one.figure === figure && !except.has(figure.name)));
  const shared = Map.groupBy(inOrder, ({ figure, failure }) => {
    const { reason, detail } = missingFromFailure("", failure, panelUrl);
    return figure.group ?? `${reason} ${detail}`;
  });
  return Array.from(shared.values()).flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const what = nameFigures(
      list.map(({ figure }) => figure),
      all,
    );
    return [missingFromFailure(what, first.failure, panelUrl)];
  });
}

/**
 * Names the values in `figures`. If they are a whole group, the result is the group's common name (`group` of {@link
 * Figure}). Otherwise the result is a list of the values' names. `all` holds every value that could be in the group.
 */
function nameFigures(figures: readonly Figure[], all: readonly Figure[]): string {
  const group = figures[0]?.group;
  const isWhole = group !== undefined && all.filter((figure) => figure.group === group).length === figures.length;
  return isWhole ? group : [...new Set(figures.map(({ name }) => name))].join(", ");
}

export function describeOddRecords(odd: ReadonlyMap<OuraRouteName, number>): MissingEntry[] {
  if (odd.size === 0) return [];
  const said = [...odd].map(([name, count]) => `${count} of ${pathOf(name)}`);
  return [
    {
      what: "records",
      reason: "unavailable",
      detail: `Ōura sent records that could not be read, or not wholly: ${said.join(", ")}. Figures may rest on fewer days.`,
    },
  ];
}
