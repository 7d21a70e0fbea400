import { type ScopeName, scopes } from "../oura/scopes.ts";

interface ScopeChoiceProps {
  /** Makes ids unique where a page has several of these. */
  prefix: string;
  offered: readonly ScopeName[];
  ticked: readonly ScopeName[];
}

/**
 * Checkboxes for kinds of data. The accessible name is the label; the text about what it unlocks is the description.
 */
export function ScopeChoice({ prefix, offered, ticked }: ScopeChoiceProps) {
  return (
    <div class="ticks">
      {scopes
        .filter(({ name }) => offered.includes(name))
        .map(({ name, label, unlocks }) => (
          <label class="tick">
            <input
              type="checkbox"
              name="scope"
              value={name}
              checked={ticked.includes(name)}
              aria-labelledby={`${prefix}-${name}`}
              aria-describedby={`${prefix}-${name}-unlocks`}
            />
            <span>
              <b id={`${prefix}-${name}`}>{label}</b>
              <span class="quiet unlocks" id={`${prefix}-${name}-unlocks`}>
                {unlocks}
              </span>
            </span>
          </label>
        ))}
    </div>
  );
}
