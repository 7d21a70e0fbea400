/**
 * Tags of Oura's that are several words and come written as one. A code that is not here keeps the words it is made of,
 * so one that Oura adds later is still named.
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

/** Oura's own tags by name: "tag_generic_nocaffeine" is no caffeine. Null for the wearer's own, whose name is their text. */
export function tagName(code: string | null): string | null {
  const word = /^tag_(?:[a-z]+_)?([a-z_]+)$/.exec(code ?? "")?.[1];
  if (word === undefined) return null;
  return Object.hasOwn(compounds, word) ? (compounds[word] ?? null) : word.replaceAll("_", " ");
}
