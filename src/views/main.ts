import { type Answer, readAnswer } from "./answer.ts";
import { chooseDrawing, type MoreToRead, type ViewState } from "./choose-drawing.ts";
import type { Drawing } from "./drawing.ts";
import { connectHost, type HostLink, type Received } from "./host-link.ts";
import { at, objectAt } from "./is-object.ts";
import { renderDrawing, renderWords } from "./page.ts";

const main = document.querySelector("main") ?? document.body;
const state: ViewState = { asTable: false, chosen: null, steps: null, trouble: null };
let link: HostLink | null = null;
let asked: Received = {};
let answer: Answer | null = null;
let isTornDown = false;

function draw(): void {
  if (answer === null || isTornDown) return;
  main.removeAttribute("aria-busy");
  const drawing = chooseDrawing(answer, state, moreToRead(), draw) ?? tablesOnly(answer);
  if (drawing) renderDrawing(main, drawing, state, draw);
  else renderWords(main, answer.failed ? "This could not be shown" : "Nothing to draw", answer.summary);
  reportSize();
}

/**
 * The drawing of an answer without a picture. The picture is missing, for example, when the host (the program that
 * shows the view) does not forward the `_meta` field to it.
 */
function tablesOnly({ summary, tables, failed }: Answer): Drawing | null {
  if (failed || tables.length === 0) return null;
  // The heading is only the first part of the summary, because the assistant tells the person the whole summary.
  const [heading = ""] = summary.split(/: |; |\. /);
  return { heading, figures: [], legend: [], description: summary, plot: null, note: null, tables };
}

function moreToRead(): MoreToRead {
  const call = link?.callTool;
  if (!call) return { readCourse: null, addSteps: null };
  return {
    async readCourse(day) {
      const values = { ...asked, start_date: day, end_date: day, include_time_series: true };
      const found = await read(() => call("oura_get_sleep_sessions", values));
      if (found?.picture?.kind === "night" && found.picture.sleeps.length > 0) answer = found;
      draw();
    },
    async addSteps() {
      const found = await read(() => call("oura_get_intraday", { ...asked, metric: "steps" }));
      if (found?.picture?.kind === "day") state.steps = found.picture;
      draw();
    },
  };
}

/**
 * Calls a tool through the host (the program that shows the view). When the call fails, the current drawing stays, with
 * the reason below it.
 */
async function read(call: () => Promise<Received>): Promise<Answer | null> {
  for (const control of main.querySelectorAll("button")) control.disabled = true;
  const found = await call().then(readAnswer, () => null);
  if (found === null || found.failed) state.trouble = found?.summary ?? "This could not be read now.";
  return found;
}

function reportSize(): void {
  if (isTornDown) return;
  const { width, height } = document.documentElement.getBoundingClientRect();
  link?.sendSize(Math.ceil(width), Math.ceil(height));
}

/**
 * Applies the theme, style variables and safe-area insets of the host (the program that shows the view). What the host
 * does not set stays as it is.
 */
function applyHostStyle(context: Record<string, unknown>): void {
  const { style } = document.documentElement;
  const { theme } = context;
  if (theme === "light" || theme === "dark") style.colorScheme = theme;
  for (const [name, value] of Object.entries(objectAt(context, "styles", "variables"))) {
    if (name.startsWith("--") && typeof value === "string") style.setProperty(name, value);
  }
  for (const side of ["top", "right", "bottom", "left"]) {
    const inset = at(context, "safeAreaInsets", side);
    if (typeof inset === "number") style.setProperty(`--inset-${side}`, `${inset}px`);
  }
}

let drawnWidth = 0;
new ResizeObserver(() => {
  if (main.clientWidth === drawnWidth) return reportSize();
  drawnWidth = main.clientWidth;
  draw();
}).observe(main);

void connectHost({
  context: applyHostStyle,
  input(values) {
    asked = values;
  },
  result(result) {
    answer = readAnswer(result);
    draw();
  },
  cancelled() {
    renderWords(main, "Stopped", "The question was cancelled before its answer came.");
    reportSize();
  },
  teardown() {
    isTornDown = true;
  },
}).then((connected) => {
  link = connected;
  draw();
});
