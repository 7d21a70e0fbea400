import { buttonWords } from "../../web/button-words.ts";

/** A text with a button that copies it. The button is visible only in browsers that run scripts. */
export function Copyable({ id, children }: { id: string; children: string }) {
  return (
    <div class="copyable">
      <code id={id}>{children}</code>
      <button type="button" class="plain slim" data-copy={id} aria-describedby={id} aria-live="polite" hidden>
        {buttonWords.copy}
      </button>
    </div>
  );
}
