import { listScopeLabels } from "../../oura/scopes.ts";
import { tools } from "../../tools/index.ts";
import { buttonWords } from "../../web/button-words.ts";
import { Press } from "./press.tsx";

/** A row for each tool, in its own words. */
export function Capabilities() {
  return (
    <>
      <p>These are the tools an assistant can use here. It chooses them by itself. All of them only read.</p>
      <p>
        Assistants that show pictures, such as Claude and ChatGPT, draw nights, days, trends and unusual days in the
        conversation. To see one first, press <Press>{buttonWords.showLastNight}</Press> in the panel once Ōura is
        connected.
      </p>
      <dl class="terms">
        {tools.map((tool) => (
          <>
            <dt>
              {tool.title} <code class="quiet">{tool.name}</code>
            </dt>
            <dd>
              {firstSentence(tool.description)}
              {tool.scopes.length > 0 ? <span class="quiet"> Uses {listScopeLabels(tool.scopes)}.</span> : null}
            </dd>
          </>
        ))}
      </dl>
    </>
  );
}

/** The rest tells assistants when to choose the tool. */
function firstSentence(description: string): string {
  return /^.*?\.(?=\s|$)/s.exec(description)?.[0] ?? description;
}
