import type { buttonWords } from "../../web/button-words.ts";

type Words = (typeof buttonWords)[keyof typeof buttonWords];

/** A word to press, shown as the button it names. Only words that stand on a button can be written here. */
export function Press({ children }: { children: Words }) {
  return <b class="press">{children}</b>;
}
