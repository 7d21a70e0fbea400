import type { buttonWords } from "../../web/button-words.ts";

type Words = (typeof buttonWords)[keyof typeof buttonWords];

/** The label of a button, styled like one. The type allows only labels that exist. */
export function Press({ children }: { children: Words }) {
  return <b class="press">{children}</b>;
}
