import type { PanelView } from "../../agent/panel-view.ts";
import type { Preview } from "../../agent/preview.ts";
import { buttonWords } from "../../web/button-words.ts";
import { nameColumn } from "../../words/column-name.ts";

/**
 * A button that shows account owners their last night, as an assistant would draw it. In a browser without scripts the
 * answer opens as a separate page.
 */
export function PreviewCard({ view }: { view: PanelView }) {
  if (view.standing.kind !== "connected") return null;
  return (
    <section class="card" aria-labelledby="preview-heading">
      <div class="body flow">
        <h3 id="preview-heading">See it work</h3>
        <p>
          Press the button to see a chart of your last night. This service reads the night from Ōura and does not store
          it.
        </p>
        <form method="post" action="/preview" data-preview>
          <button type="submit" class="plain">
            {buttonWords.showLastNight}
          </button>
        </form>
        <p role="status" id="preview-notice" class="quiet" hidden />
        <div id="preview-place" />
      </div>
    </section>
  );
}

/** The page that shows the last night in browsers without scripts. */
export function PreviewPage({ preview }: { preview: Preview }) {
  const { answer, note } = preview;
  return (
    <div class="flow">
      <h1>Last night</h1>
      {note === null ? null : <p>{note}</p>}
      <p>{answer.summary}</p>
      {answer.columns !== null && answer.rows.length > 0 ? (
        <table class="figures">
          <caption>The values that your assistant gets</caption>
          <tbody>
            {answer.columns.map((column, index) => (
              <tr>
                <th scope="row">{nameColumn(column)}</th>
                {answer.rows.map((row) => (
                  <td>{row[index] ?? "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <a class="button plain" href="/panel">
        Back to your MCP server
      </a>
    </div>
  );
}
