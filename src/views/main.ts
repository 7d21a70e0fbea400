import { type Answer, readAnswer } from "./answer.ts";
import { chooseDrawing, type MoreToRead, type ViewState } from "./choose-drawing.ts";
import type { Drawing } from "./drawing.ts";
import { connectHost, type HostLink, type Received } from "./host-link.ts";
import { wearHostStyle } from "./host-style.ts";
import { renderDrawing, renderWords } from "./page.ts";

/** Draws whatever answer the host hands over, and draws it again when the width, the choice or the answer changes. */
const main = document.querySelector("main") ?? document.body;
const state: ViewState = { asTable: false, chosen: null, steps: null, trouble: null };
let link: HostLink | null = null;
let asked: Received = {};
let answer: Answer | null = null;
let isOver = false;

function draw(): void {
  if (answer === null || isOver) return;
  main.removeAttribute("aria-busy");
  const drawing = chooseDrawing(answer, state, moreToRead(), draw) ?? tablesOnly(answer);
  if (drawing) renderDrawing(main, drawing, state, draw);
  else renderWords(main, answer.failed ? "This could not be shown" : "Nothing to draw", answer.summary);
  reportSize();
}

/** An answer that can be drawn only as its tables, such as from a host that leaves the picture out. */
function tablesOnly({ summary, tables, failed }: Answer): Drawing | null {
  if (failed || tables.length === 0) return null;
  return { heading: summary, figures: [], legend: [], description: summary, plot: null, note: null, tables };
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

/** A call the host or the server refuses changes nothing of what is drawn, and says so. */
async function read(call: () => Promise<Received>): Promise<Answer | null> {
  for (const control of main.querySelectorAll("button")) control.disabled = true;
  const found = await call().then(readAnswer, () => null);
  if (found === null || found.failed) state.trouble = found?.summary ?? "This could not be read now.";
  return found;
}

function reportSize(): void {
  if (isOver) return;
  const { width, height } = document.documentElement.getBoundingClientRect();
  link?.sendSize(Math.ceil(width), Math.ceil(height));
}

let drawnWidth = 0;
new ResizeObserver(() => {
  if (main.clientWidth === drawnWidth) return reportSize();
  drawnWidth = main.clientWidth;
  draw();
}).observe(main);

void connectHost({
  context: wearHostStyle,
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
    isOver = true;
  },
}).then((connected) => {
  link = connected;
  draw();
});
