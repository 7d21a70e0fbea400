import { defineTool } from "../../question/define-tool.ts";
import { oneRange } from "../../question/range-input.ts";
import { answerHeartRate } from "./answer-heart-rate.ts";
import { answerMoment } from "./answer-moment.ts";
import { answerSteps } from "./answer-steps.ts";
import { intradayInput, intradayOutput } from "./intraday-question.ts";
import { intradayReads } from "./intraday-reads.ts";
import { checkTimes } from "./local-time.ts";

const heartRateDays = { maximumDays: 30 };
const stepDays = { maximumDays: 2 };

export const intradayTool = defineTool({
  name: "oura_get_intraday",
  title: "Ōura within the day",
  description:
    "Heart rate or steps within the day, between two times or at one. Heart rate, up to 30 days: lowest " +
    "and highest with their times, mean, by source (sleep, awake, workout), when the night's was lowest, zones of " +
    "workouts, a series or, over two days, by day. Steps, up to 2 days: estimates. Nights: oura_get_sleep_sessions.",
  input: intradayInput,
  output: intradayOutput,
  scopes: ["heartrate", "daily"],
  partScopes: { workout: "the day's workouts", personal: "the age for heart-rate zones" },
  hasPicture: true,
  days(input, calendar) {
    const [range] = oneRange(input, calendar, input.metric === "steps" ? stepDays : heartRateDays);
    checkTimes(input, range, calendar.today);
    return [range];
  },
  reads: intradayReads,
  answer(asked) {
    const { hours, steps, workouts } = asked.data;
    if (steps !== null) return answerSteps(asked, steps, workouts);
    if (hours !== null)
      return asked.input.at === undefined ? answerHeartRate(asked, hours) : answerMoment(asked, hours);
    // This line is never reached, because the call has already failed when neither heart rate nor steps can be read.
    throw new Error("a question within the day is about heart rate or steps");
  },
});
