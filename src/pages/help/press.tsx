import type { buttonWords } from "../../web/button-words.ts";

type Words = (typeof buttonWords)[keyof typeof buttonWords];

/** A button's label in the style of a button. The type allows only labels of buttons that exist. */
export function Press({ children }: { children: Words }) {
  return <b class="press">{children}</b>;
}
