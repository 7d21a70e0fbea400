/**
 * Data that the Ōura app shows but Ōura's API does not provide. The server's instructions contain this sentence, so
 * that an assistant can say that this data is not available, without calling a tool.
 */
export const withheldSentence =
  "Ōura gives other apps no stress by the hour (only minutes a day), cycle or pregnancy insights, Symptom Radar, meals, " +
  "glucose, lab results, blood pressure, ECG, Advisor chats, routes of workouts, its own heart-rate zones, or body " +
  "temperature itself (only its deviation).";
