/**
 * Why a value cannot be the id or secret of an Ōura app, as words that continue its name; null if it can. The words never
 * repeat the value.
 */
export function findObjection(name: string, value: string): string | null {
  if (value === "") return "is empty";
  if (new RegExp(`^${name}\\s*[=:]`, "i").test(value)) return "begins with its own name: enter only the value";
  if (/\s/.test(value)) return "contains a space or a line break";
  if (/^["'<`]|["'>`]$/.test(value)) return "begins or ends with a quotation mark or a bracket";
  if (/[^\x21-\x7e]/.test(value)) return "contains a character that no id or secret has";
  if (value.length < 8) return "is shorter than 8 characters";
  return value.length > 200 ? "is longer than 200 characters" : null;
}
