import { z } from "zod";
import { parseInstant } from "../api/parameters.ts";
import { ACCESS_TOKEN_SECONDS } from "../oauth/grants.ts";
import { isScope } from "../scopes.ts";

/** ISO date-time (UTC unless it says otherwise) or epoch ms. */
export const instantSchema = z.union([
  z.int(),
  z.string().transform((text, context) => {
    const instant = parseInstant(text);
    if (instant !== null) return instant;
    context.addIssue({ code: "custom", message: "not an ISO date-time" });
    return z.NEVER;
  }),
]);

export const clockSchema = z.union([z.strictObject({ now: instantSchema }), z.strictObject({ offset_ms: z.int() })]);

const limitSchema = z.strictObject({ limit: z.int().positive(), windowSeconds: z.int().positive() });
/** A tier left out keeps its limit. */
export const limitsSchema = z.strictObject({ token: limitSchema.optional(), application: limitSchema.optional() });

/** A field left out keeps its value; `null` undoes the override. */
export const overridesSchema = z.strictObject({
  membership: z.enum(["active", "lapsed"]).nullable().optional(),
  synced_until: instantSchema.nullable().optional(),
});

/** All permissions unless some are named. */
export const newTokenSchema = z.strictObject({
  person: z.string(),
  scopes: z.array(z.string().refine(isScope, "not a scope")).optional(),
  expires_in: z.int().positive().default(ACCESS_TOKEN_SECONDS),
});
