/** What the Ōura app shows and Ōura's interface does not give, so that a question about it needs no call. */
export const withheldSentence =
  "Ōura gives other apps no blood pressure, glucose, ECG, cycle or pregnancy data, Symptom Radar, meals, stress by the " +
  "hour (only minutes a day), or body temperature itself (only its deviation).";
