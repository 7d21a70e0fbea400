import type { ScopeName } from "../oura/scopes.ts";

/** For each kind of data, a question that shows why a person may want to share it. */
export const exampleQuestions: Readonly<Record<ScopeName, string>> = {
  daily: "How did I sleep last night, and is that usual for me?",
  heartrate: "When was my heart rate highest today?",
  spo2: "How was my blood oxygen this week?",
  workout: "Do I sleep better after evening workouts?",
  session: "How often did I meditate this month?",
  tag: "What do my nights look like after alcohol?",
  ring_configuration: "How much battery does my ring have left?",
  stress: "Which day this week was the most stressful?",
  heart_health: "How has my cardiovascular age developed?",
  personal: "How old am I, according to Ōura?",
};
