import { buttonWords } from "../../web/button-words.ts";

/** Text with a copy button, which is shown only where scripts run. */
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
