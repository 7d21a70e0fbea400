/** A workout without its time. */
export interface WorkoutShape {
  activity: string;
  intensity: "easy" | "moderate" | "hard";
  source: "manual" | "autodetected" | "confirmed" | "workout_heart_rate";
  stepsPerMinute: number;
  /** The wearer's own name for it. */
  label: string | null;
}
