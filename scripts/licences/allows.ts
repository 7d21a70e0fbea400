/** Licences that ask for their text to be passed on and for nothing else that touches an operator. */
const allowed = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "MIT-0", "Unlicense", "CC0-1.0"];

/** Whether an SPDX expression is fine: one of several offered is enough, of several demanded each has to be on the list. */
export function allows(expression: string): boolean {
  const text = expression.replace(/[()]/g, "");
  return text.split(" OR ").some((offer) => offer.split(" AND ").every((name) => allowed.includes(name.trim())));
}
