import type { Plot, RowPlot } from "./drawing.ts";
import { element } from "./element.ts";

/**
 * Adds a cursor to a plot. A person moves it with the pointer or the arrow keys and sees the value at its position. For
 * screen readers the plot is a slider: they read out the text at each position.
 */
export function withCursor(plot: Plot | RowPlot, description: string): HTMLElement {
  const isRows = "rows" in plot;
  const stops = isRows
    ? plot.rows.map(({ y, text }) => ({ at: y, text }))
    : plot.stops.map(({ x, text }) => ({ at: x, text }));
  const line = element("div", { class: "cursor", hidden: "" });
  const reading = element(
    "p",
    { class: "reading", "aria-hidden": "true" },
    "Point at the plot or use the arrow keys to read it.",
  );
  const slider = element("div", {
    class: "plot",
    role: "slider",
    tabindex: "0",
    "aria-label": description,
    "aria-valuemin": "0",
    "aria-valuemax": String(Math.max(0, stops.length - 1)),
  });
  slider.append(plot.svg, line);
  if (isRows) slider.setAttribute("aria-orientation", "vertical");
  let current = -1;

  function moveTo(index: number): void {
    const stop = stops[index];
    if (!stop) return;
    current = index;
    line.hidden = false;
    if (isRows) {
      // The line is drawn below the row, so that it does not cross the row's words.
      line.style.top = `${stop.at + plot.rowHeight / 2}px`;
      line.style.width = "100%";
      line.style.height = "1px";
    } else {
      line.style.left = `${stop.at}px`;
      line.style.top = `${plot.top}px`;
      line.style.height = `${plot.bottom - plot.top}px`;
    }
    reading.textContent = stop.text;
    slider.setAttribute("aria-valuenow", String(index));
    slider.setAttribute("aria-valuetext", stop.text);
  }

  function nearest({ clientX, clientY }: PointerEvent): number {
    const { left, top } = slider.getBoundingClientRect();
    const place = isRows ? clientY - top : clientX - left;
    let best = 0;
    stops.forEach((stop, index) => {
      if (Math.abs(stop.at - place) < Math.abs((stops[best]?.at ?? 0) - place)) best = index;
    });
    return best;
  }

  const last = stops.length - 1;
  // In a plot over time, the cursor starts at the newest value. In a plot of rows, the cursor starts at the top row.
  const start = isRows ? 0 : Math.max(0, last);
  slider.setAttribute("aria-valuenow", String(start));
  slider.setAttribute("aria-valuetext", stops[start]?.text ?? "");
  slider.addEventListener("pointermove", (event) => moveTo(nearest(event)));
  slider.addEventListener("pointerdown", (event) => moveTo(nearest(event)));
  slider.addEventListener("keydown", (event) => {
    const from = current < 0 ? start : current;
    const forward = current < 0 ? start : from + 1;
    const back = from - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: back,
      ArrowDown: isRows ? forward : back, // in a plot of rows, the next row is further down
      ArrowRight: forward,
      ArrowUp: isRows ? back : forward,
      PageDown: from - 10,
      PageUp: from + 10,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    moveTo(Math.min(Math.max(target, 0), last));
  });
  return element("div", {}, slider, reading);
}
