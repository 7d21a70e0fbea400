import * as z from "zod/mini";
import { AppError } from "../errors.ts";
import type { AppContext } from "./app.ts";

/** A field that is missing, sent twice, a file or too long is undefined. No form of a page sends such a field. */
function field<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.catch(z.optional(schema), undefined);
}

function text(most: number) {
  return field(z.string().check(z.maxLength(most)));
}

const yes = field(z.literal("yes"));

/** The fields of all forms on our pages, without the tick boxes `scope`. A form has only some of them. */
const formFields = z.object({
  /** The id of a passkey, an assistant, an access token or a session. The account's Durable Object looks the id up. */
  id: text(2_000),
  name: text(1_000),
  key: text(1_000),
  /** `safeNext` checks where it leads. */
  next: text(8_000),
  /** Names the consent page that was open. The OAuth provider checks this name. */
  handle: text(2_000),
  ticket: text(2_000),
  invitation: text(1_000),
  days: text(10),
  decision: field(z.enum(["allow", "deny", "cancel"])),
  profile: yes,
  revoke: yes,
});
type FormFields = z.infer<typeof formFields>;

const texts = z.catch(z.array(z.string()), []);

/** Reads the known fields of a form. Throws `bad_input` when the body is not a form. */
export async function readForm(c: AppContext): Promise<FormFields> {
  return formFields.parse(await parse(c));
}

/** Reads all tick boxes of a form that have the given name. The list is empty if one of these fields is not a text. */
export async function readFormList(c: AppContext, name: string): Promise<string[]> {
  const body = await parse(c);
  return texts.parse([body[name] ?? []].flat());
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
