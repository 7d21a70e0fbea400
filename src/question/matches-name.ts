import { squash } from "../words/code-words.ts";
import { stemsOf } from "../words/tag-name.ts";
import type { RingEvent } from "./ring-event.ts";

/**
 * Whether an event has the requested name in any form: the name in answers, the text that the wearer typed, or Oura's
 * code. Only letters and digits are compared, because Oura writes some names as one word ("latemeal").
 */
export function matchesName({ what, wearerText, code }: RingEvent, name: string): boolean {
  const asked = squash(name);
  // A name without letters and digits, such as an emoji, is searched for without changes.
  if (asked === "") return wearerText?.includes(name.trim()) ?? false;
  const forms = [what, wearerText ?? "", ...(code === null ? [] : stemsOf(code))];
  return forms.some((form) => squash(form).includes(asked)) || (code !== null && squash(code) === asked);
}

/**
 * Whether an event has the requested name only in text that the wearer wrote: in a note, or as the name of the wearer's
 * own tag.
 */
export function matchesOwnWords(event: RingEvent, name: string): boolean {
  return !matchesName({ ...event, wearerText: null }, name);
}

/**
 * The form in which the names of tags are compared. "Magnesium 400" and "magnesium-400" have the same form, so they
 * count as one tag.
 */
export function nameKey(givenName: string | null): string {
  return givenName === null ? "" : squash(givenName) || givenName;
}
