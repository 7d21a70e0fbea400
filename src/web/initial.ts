/**
 * The first letter of an assistant's name, which pages show instead of an icon. An assistant's own icon is not verified
 * and could imitate another one, so it is never shown.
 */
export function initialOf(name: string): string {
  return /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? "?";
}
