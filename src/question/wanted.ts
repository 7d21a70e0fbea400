import * as z from "zod";
import { metricIds, numericMetricIds, outcomeIds } from "../oura/metrics.ts";
import { listedMetric, metricName, outcomeName } from "./metric-names.ts";

/** What a schema requires for one argument. Every argument of every tool has one of these forms. */
export type Wanted =
  | { kind: "boolean" }
  | { kind: "number"; least: number | null; most: number | null }
  | { kind: "choice"; values: readonly string[] }
  | { kind: "list"; item: Wanted }
  | { kind: "text" };

export function wantedOf(schema: unknown): Wanted {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return wantedOf(schema.unwrap());
  if (schema === metricName) return { kind: "choice", values: numericMetricIds };
  if (schema === listedMetric) return { kind: "choice", values: metricIds };
  if (schema === outcomeName) return { kind: "choice", values: outcomeIds };
  if (schema instanceof z.ZodPipe) return wantedOf(schema.in);
  if (schema instanceof z.ZodBoolean) return { kind: "boolean" };
  if (schema instanceof z.ZodNumber)
    return { kind: "number", least: bound(schema.minValue), most: bound(schema.maxValue) };
  if (schema instanceof z.ZodEnum) return { kind: "choice", values: schema.options.map(String) };
  if (schema instanceof z.ZodArray) return { kind: "list", item: wantedOf(schema.element) };
  return { kind: "text" };
}

/**
 * The limit that a schema sets for a number. Null when the schema sets no limit. For a whole number without a limit,
 * zod reports the largest safe integer, which would only confuse the caller.
 */
function bound(value: number | null): number | null {
  return value === null || !Number.isFinite(value) || Math.abs(value) === Number.MAX_SAFE_INTEGER ? null : value;
}

/** The accepted values for an error message, after the word "write": "true or false", "a whole number from 3 to 90". */
export function describeWanted(wanted: Wanted): string {
  switch (wanted.kind) {
    case "boolean":
      return "true or false";
    case "number":
      return [
        "a whole number",
        wanted.least === null ? "" : ` from ${wanted.least}`,
        wanted.most === null ? "" : ` to ${wanted.most}`,
      ].join("");
    case "choice":
      return wanted.values.length === 1 ? String(wanted.values[0]) : `one of ${wanted.values.join(", ")}`;
    case "list":
      return wanted.item.kind === "choice" ? `any of ${wanted.item.values.join(", ")}` : "a list";
    case "text":
      return "text";
  }
}
