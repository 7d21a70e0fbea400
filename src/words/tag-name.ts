/**
 * Oura's tag codes that write several words as one. Any other code is split at its underscores, so that tags Oura adds
 * later have a name too.
 */
const compounds: Readonly<Record<string, string>> = {
  latemeal: "late meal",
  latecoffee: "late coffee",
  latecaffeine: "late caffeine",
  latework: "late work",
  lateworkout: "late workout",
  latescreentime: "late screen time",
  nocaffeine: "no caffeine",
  noalcohol: "no alcohol",
  noscreens: "no screens",
  nosugar: "no sugar",
  blueblockers: "blue blockers",
  coldshower: "cold shower",
  hotbath: "hot bath",
  icebath: "ice bath",
  jetlag: "jet lag",
  restday: "rest day",
  screentime: "screen time",
  sharedbed: "shared bed",
};

/** The name of one of Oura's tags: "tag_generic_nocaffeine" → "no caffeine". Null for a tag the wearer defined. */
export function tagName(code: string | null): string | null {
  const word = /^tag_(?:[a-z]+_)?([a-z_]+)$/.exec(code ?? "")?.[1];
  if (word === undefined) return null;
  return Object.hasOwn(compounds, word) ? (compounds[word] ?? null) : word.replaceAll("_", " ");
}
