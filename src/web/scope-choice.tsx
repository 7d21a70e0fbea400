import { type ScopeName, scopes } from "../oura/scopes.ts";

interface ScopeChoiceProps {
  /** The beginning of each element's id. It keeps ids unique on a page with several lists. */
  prefix: string;
  offered: readonly ScopeName[];
  ticked: readonly ScopeName[];
}

/** A screen reader reads the label as the box's name, and the text about the use of the data as its description. */
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
