import type { DayPicture } from "../words/pictures.ts";
import type { Answer } from "./answer.ts";
import type { Drawing } from "./drawing.ts";
import { drawAnomalies } from "./pictures/anomalies-drawing.ts";
import { drawAround } from "./pictures/around-drawing.ts";
import { drawContributors } from "./pictures/contributors-drawing.ts";
import { drawDay } from "./pictures/day-drawing.ts";
import { drawGroups } from "./pictures/groups-drawing.ts";
import { drawHeartDays } from "./pictures/heart-days-drawing.ts";
import { drawNight } from "./pictures/night-drawing.ts";
import { drawNights } from "./pictures/nights-drawing.ts";
import { drawRanked } from "./pictures/ranked-drawing.ts";
import { drawTrend } from "./pictures/trend-drawing.ts";

/** A redraw keeps these choices of the person. */
export interface ViewState {
  asTable: boolean;
  chosen: number | null;
  /** The steps of the day, once the view has read them in addition to the heart rate. */
  steps: DayPicture | null;
  /** Why the last press of a button failed. Null when it worked. */
  trouble: string | null;
}

/**
 * The tool calls with which the view gets more data. Null when the host (the program that shows the view) forwards no
 * calls.
 */
export interface MoreToRead {
  readCourse: ((day: string) => void) | null;
  addSteps: (() => void) | null;
}

/**
 * Chooses the drawing that fits the answer's picture. Null when there is nothing to draw, so that the view shows only
 * the answer's text and tables.
 */
export function chooseDrawing(answer: Answer, state: ViewState, more: MoreToRead, redraw: () => void): Drawing | null {
  const { picture } = answer;
  const choose = (index: number) => {
    state.chosen = index;
    redraw();
  };
  switch (picture?.kind) {
    case "night": {
      if (picture.sleeps.length === 0) return drawNights(answer, more.readCourse);
      const nights = picture.sleeps.map(({ sleep }) => sleep);
      return drawNight(answer, picture, state.chosen ?? Math.max(0, nights.lastIndexOf("night")), choose);
    }
    case "day":
      if (picture.values.length > 0) {
        const isHeart = picture.metric === "heart_rate";
        const parts = isHeart ? { heart: picture, steps: state.steps } : { heart: null, steps: picture };
        return drawDay(answer, parts, more.addSteps);
      }
      return answer.tables.some(({ name }) => name === "By day") ? drawHeartDays(answer) : null;
    case "trend": {
      const moving = picture.metrics.findIndex(({ direction }) => direction === "rising" || direction === "falling");
      return drawTrend(answer, picture, state.chosen ?? Math.max(0, moving), choose);
    }
    case "anomalies":
      return drawAnomalies(answer, picture);
    case "groups":
      return drawGroups(answer, picture, state.chosen ?? 0, choose);
    case "contributors":
      return drawContributors(answer, picture, state.chosen ?? 0, choose);
    case "around":
      return drawAround(answer, picture);
    case "ranked":
      return drawRanked(answer, picture);
    default:
      return null;
  }
}
