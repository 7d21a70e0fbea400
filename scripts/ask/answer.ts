import { z } from "zod";
import { reasons } from "./reasons.ts";

export const answerSchema = z.object({
  answer: z.string().default(""),
  values: z.record(z.string(), z.unknown()).nullish(),
  no_value: z.enum(Object.keys(reasons)).nullish(),
});
export type Answer = z.output<typeof answerSchema>;

/** A file of answers for `npm run ask -- --grade FILE`. */
export const answerFile = z.array(answerSchema.extend({ id: z.string() }));
