import { mean, roundTo } from "./arithmetic.ts";
import { AWAKE, REM } from "./hypnogram.ts";
import { lazily } from "./memo.ts";
import type { Random } from "./random.ts";

/** What the ring samples every 300 s. */
export interface HeartSamples {
  heartRate: (number | null)[];
  /** Made when it is first asked for: few documents need it. */
  hrv(): (number | null)[];
  lowestHeartRate: number;
  averageHeartRate: number;
  averageHrv: number;
}

/** A U-shaped heart rate that reaches the night's lowest value, and HRV around the night's mean. */
export function sampleHeart(
  { lowest, hrv }: { lowest: number; hrv: number },
  phases: string,
  fullCount: number,
  random: Random,
): HeartSamples {
  // Oura often drops the last, incomplete five minutes.
  const count = fullCount > 3 && random.chance(0.5) ? fullCount - 1 : fullCount;
  const curve = Array.from({ length: count }, (_, i) => {
    const time = i / count;
    const stage = phases[i * 10] ?? AWAKE;
    const stir = stage === AWAKE ? 5 : stage === REM ? 2 : 0;
    return 6 * Math.exp(-5 * time) + 30 * Math.max(0, time - 0.72) ** 2 + stir + 1.6 * Math.abs(random.normal());
  });
  const floor = Math.min(...curve);
  const lowestHeartRate = Math.round(lowest);
  const ofHrv = random.fork();
  random.skip(2 * count);
  const missing = curve.map((_, i) => i === 0 || (i === count - 1 && count > 3) || random.chance(0.06));
  const heartRate = curve.map((value, i) => (missing[i] ? null : Math.round(lowestHeartRate + value - floor)));
  return {
    heartRate,
    hrv: lazily(() => {
      const scatter = curve.map(() => Math.exp(0.33 * ofHrv.normal()));
      const scale = hrv / mean(scatter);
      return scatter.map((value, i) => (missing[i] ? null : Math.max(5, Math.round(value * scale))));
    }),
    lowestHeartRate,
    averageHeartRate: roundTo(mean(present(heartRate)) || lowestHeartRate + 4, 8),
    averageHrv: Math.round(hrv),
  };
}

function present(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
