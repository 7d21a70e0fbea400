import { AppError } from "../errors.ts";
import type { AppContext } from "./app.ts";

/** Reads the fields of a form that have exactly one text value. Throws `bad_input` when the body is not a form. */
export async function readForm(c: AppContext): Promise<Readonly<Record<string, string>>> {
  const body = await parse(c);
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

export async function readFormList(c: AppContext, name: string): Promise<string[]> {
  const body = await parse(c);
  return [body[name] ?? []].flat().filter((value) => typeof value === "string");
}

async function parse(c: AppContext) {
  try {
    return await c.req.parseBody({ all: true });
  } catch (cause) {
    throw new AppError(
      { kind: "bad_input", problems: ["The form could not be read. Go back and try again."] },
      { cause },
    );
  }
}
