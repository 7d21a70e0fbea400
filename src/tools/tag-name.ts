/** Oura's own tags by name: "tag_generic_alcohol" is alcohol. Null for the wearer's own, whose name is their text. */
export function tagName(code: string | null): string | null {
  return /^tag_(?:[a-z]+_)?([a-z_]+)$/.exec(code ?? "")?.[1]?.replaceAll("_", " ") ?? null;
}
