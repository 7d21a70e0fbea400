/** What the Ōura app shows and Ōura's interface does not give, so that a question about it needs no call. */
export const withheldSentence =
  "Ōura gives other apps no stress by the hour (only minutes a day), cycle or pregnancy insights, Symptom Radar, meals, " +
  "glucose, lab results, blood pressure, ECG, Advisor chats, routes of workouts, its own heart-rate zones, or body " +
  "temperature itself (only its deviation).";
