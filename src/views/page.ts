import { withCursor } from "./cursor.ts";
import { dataTables } from "./data-table.ts";
import type { Drawing, LegendEntry } from "./drawing.ts";
import { button, element } from "./element.ts";

export function renderDrawing(
  main: HTMLElement,
  drawing: Drawing,
  state: { asTable: boolean; trouble: string | null },
  redraw: () => void,
): void {
  const { heading, figures, choice, action, note, tables, plot, empty } = drawing;
  const showTable = state.asTable || plot === null;
  const width = main.clientWidth;
  const control = choice && !showTable ? [drawChoice(choice)] : [];
  const kept = focusedName();
  main.replaceChildren(
    element("div", { class: "top" }, element("h1", {}, heading), ...control),
    ...(figures.length > 0 ? [drawFigures(figures)] : []),
    ...(showTable || plot === null
      ? tables.length > 0
        ? [dataTables(tables, () => {})]
        : []
      : [withCursor(plot(width), drawing.description), ...drawLegend(drawing.legend)]),
    ...(empty ? [element("p", { role: "status", class: "empty" }, empty)] : []),
    ...(note && !showTable ? [element("p", { class: "note" }, note(width))] : []),
    ...(state.trouble ? [element("p", { role: "status" }, state.trouble)] : []),
    element(
      "p",
      { class: "actions" },
      ...(plot !== null && tables.length > 0
        ? [
            button(showTable ? "Show as picture" : "Show as table", () => {
              state.asTable = !state.asTable;
              redraw();
            }),
          ]
        : []),
      ...(action && !showTable ? [button(action.label, action.run)] : []),
    ),
  );
  // A redraw replaces all elements, so the keyboard focus moves to the element that replaces the focused one.
  if (kept)
    for (const control of main.querySelectorAll<HTMLElement>("button, select, [role=slider]"))
      if (nameOf(control) === kept) control.focus();
}

export function renderWords(main: HTMLElement, heading: string, words: string): void {
  main.replaceChildren(element("h1", {}, heading), element("p", { role: "status", class: "empty" }, words));
}

function focusedName(): string | null {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && activeElement !== document.body ? nameOf(activeElement) : null;
}

/**
 * A name that stays the same when a control is redrawn. The button that switches between picture and table has two
 * labels, so it gets one name that is used with both.
 */
function nameOf(control: HTMLElement): string {
  const label = control instanceof HTMLButtonElement ? control.textContent : control.getAttribute("aria-label");
  return label?.startsWith("Show as") ? "Show as" : `${control.tagName} ${control.tagName === "DIV" ? "" : label}`;
}

function drawFigures(figures: Drawing["figures"]): HTMLElement {
  return element(
    "dl",
    {},
    ...figures.map(({ label, value }) => element("div", {}, element("dt", {}, label), element("dd", {}, value))),
  );
}

function drawChoice({ label, options, chosen, choose }: NonNullable<Drawing["choice"]>): HTMLElement {
  const select = element("select", { "aria-label": label });
  options.forEach((option, index) => {
    select.add(new Option(option, String(index), false, index === chosen));
  });
  select.addEventListener("change", () => choose(select.selectedIndex));
  return select;
}

function drawLegend(entries: readonly LegendEntry[]): HTMLElement[] {
  if (entries.length === 0) return [];
  const items = entries.map(({ label, mark, shape }) =>
    element("li", {}, element("i", { class: `${shape} ${mark}` }), label),
  );
  return [element("ul", { class: "legend" }, ...items)];
}
