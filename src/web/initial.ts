/**
 * The first letter of an assistant's name, shown as its icon. Clients' own icons are not verified, so none is shown.
 */
export function initialOf(name: string): string {
  return /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? "?";
}
