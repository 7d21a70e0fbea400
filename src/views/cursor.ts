import type { Plot } from "./drawing.ts";
import { element } from "./element.ts";

/**
 * The plot with a cursor that shows its values, by pointer or arrow keys. For assistive technology it is a slider
 * through the stops of the plot, which screen readers read out.
 */
export function withCursor({ svg, stops, top, bottom }: Plot, description: string): HTMLElement {
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
  slider.append(svg, line);
  let current = -1;

  function moveTo(index: number): void {
    const stop = stops[index];
    if (!stop) return;
    current = index;
    line.hidden = false;
    line.style.left = `${stop.x}px`;
    line.style.top = `${top}px`;
    line.style.height = `${bottom - top}px`;
    reading.textContent = stop.text;
    slider.setAttribute("aria-valuenow", String(index));
    slider.setAttribute("aria-valuetext", stop.text);
  }

  function nearest(x: number): number {
    let best = 0;
    stops.forEach((stop, index) => {
      if (Math.abs(stop.x - x) < Math.abs((stops[best]?.x ?? 0) - x)) best = index;
    });
    return best;
  }

  const last = stops.length - 1;
  slider.setAttribute("aria-valuenow", String(Math.max(0, last)));
  slider.setAttribute("aria-valuetext", stops[last]?.text ?? "");
  slider.addEventListener("pointermove", ({ clientX }) =>
    moveTo(nearest(clientX - slider.getBoundingClientRect().left)),
  );
  slider.addEventListener("pointerdown", ({ clientX }) =>
    moveTo(nearest(clientX - slider.getBoundingClientRect().left)),
  );
  slider.addEventListener("keydown", (event) => {
    const from = current < 0 ? last : current;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: from - 1,
      ArrowDown: from - 1,
      ArrowRight: current < 0 ? last : from + 1,
      ArrowUp: current < 0 ? last : from + 1,
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
