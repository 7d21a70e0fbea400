import { nameColumn } from "../words/column-name.ts";
import type { Cell, Table } from "./answer.ts";
import { button, element } from "./element.ts";

/**
 * Longer tables are split into pages of this many rows. A view must not scroll vertically, and the programs that show a
 * view cut it off if it is too high.
 */
const rowsPerPage = 8;

export function dataTables(tables: readonly Table[], changed: () => void): HTMLElement {
  const place = element("div", { class: "tables" });
  let chosen = 0;
  let page = 0;

  function show(focus?: "Previous" | "Next"): void {
    const table = tables[chosen];
    if (!table) return;
    const pages = Math.ceil(table.rows.length / rowsPerPage);
    const rows = table.rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage);
    const turn = (label: "Previous" | "Next", step: number) => {
      const made = button(label, () => {
        page += step;
        show(label);
      });
      made.disabled = page + step < 0 || page + step >= pages;
      return made;
    };
    const steps = pages > 1 ? [turn("Previous", -1), turn("Next", 1)] : [];
    place.replaceChildren(
      ...(tables.length > 1 ? [chooser()] : []),
      element(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": table.name },
        drawTable(table, rows),
      ),
      ...(pages > 1 ? [element("p", { class: "turn" }, ...steps, ` ${page + 1} of ${pages}`)] : []),
    );
    const [wanted] = [...place.querySelectorAll("button")].filter(({ textContent }) => textContent === focus);
    (wanted?.disabled ? steps.find(({ disabled }) => !disabled) : wanted)?.focus();
    changed();
  }

  function chooser(): HTMLElement {
    const select = element("select", { "aria-label": "Table" });
    tables.forEach(({ name }, index) => {
      select.add(new Option(name, String(index), false, index === chosen));
    });
    select.addEventListener("change", () => {
      chosen = select.selectedIndex;
      page = 0;
      show();
      place.querySelector("select")?.focus();
    });
    return select;
  }

  show();
  return place;
}

function drawTable({ name, columns }: Table, rows: readonly (readonly Cell[])[]): HTMLElement {
  const head = element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, nameColumn(column))));
  const body = rows.map((row) =>
    element(
      "tr",
      {},
      ...columns.map((_, index) => {
        const text = sayCell(row[index] ?? null);
        return index === 0 ? element("th", { scope: "row" }, text) : element("td", classOf(row[index] ?? null), text);
      }),
    ),
  );
  return element("table", {}, element("caption", {}, name), element("thead", {}, head), element("tbody", {}, ...body));
}

/** Short texts stay on one line, so that rows keep the same height. */
function classOf(cell: Cell): Record<string, string> {
  if (typeof cell === "number") return { class: "number" };
  return typeof cell === "string" && cell.length <= longestShort ? { class: "short" } : {};
}

const longestShort = 24;

function sayCell(cell: Cell): string {
  if (cell === null) return "–";
  return typeof cell === "string" ? cell.replaceAll("_", " ") : new Intl.NumberFormat("en").format(cell);
}
