/** Licences whose only obligation for an operator is to include their text. */
const allowed = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "MIT-0", "Unlicense", "CC0-1.0"];

/** Whether an SPDX expression is allowed: for OR one licence must be on the list, for AND all. */
export function allows(expression: string): boolean {
  const text = expression.replace(/[()]/g, "");
  return text.split(" OR ").some((offer) => offer.split(" AND ").every((name) => allowed.includes(name.trim())));
}
