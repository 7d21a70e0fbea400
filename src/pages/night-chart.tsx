import { night } from "./landing-night.ts";

const stages = [
  { name: "Awake", fill: "fill-awake", column: 4 },
  { name: "REM", fill: "fill-rem", column: 2 },
  { name: "Light", fill: "fill-light", column: 3 },
  { name: "Deep", fill: "fill-deep", column: 1 },
] as const;

const step = 11;
const barWidth = 9;
const width = night.buckets.length * step;
const stagesTop = 52;
const minuteHeight = 3;
const stagesHeight = 15 * minuteHeight;
const height = stagesTop + stagesHeight + 18;
const labelled = ["22:15", "00:00", "02:00", "04:00", "06:00"];

export function NightChart() {
  return (
    <>
      <svg class="night" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={chartWords}>
        <polyline class="pulse" points={pulsePoints} />
        {stages.map(({ fill }, index) => (
          <path class={fill} d={stagePath(index)} />
        ))}
        {night.buckets.map(([time], index) =>
          labelled.includes(time) ? (
            <text x={index * step} y={height - 4}>
              {time}
            </text>
          ) : null,
        )}
      </svg>
      <ul class="legend">
        <li>
          <Swatch fill="fill-pulse" /> Heart rate
        </li>
        {stages.map(({ name, fill }) => (
          <li>
            <Swatch fill={fill} /> {name}
          </li>
        ))}
      </ul>
    </>
  );
}

function Swatch({ fill }: { fill: string }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true">
      <circle class={fill} cx="5" cy="5" r="5" />
    </svg>
  );
}

const rates = night.buckets.map(([, , , , , bpm]) => bpm);
const lowest = Math.min(...rates);
const highest = Math.max(...rates);

const chartWords =
  `The night in steps of 15 minutes: heart rate between ${lowest} and ${highest} bpm, ` +
  "and the minutes awake and in deep, light and REM sleep.";

const pulsePoints = rates
  .map((bpm, index) => `${index * step + barWidth / 2},${Math.round(4 + ((highest - bpm) / (highest - lowest)) * 38)}`)
  .join(" ");

/**
 * The SVG path with all bars of one sleep stage. Each step of 15 minutes is a stack of the stages, awake at the top.
 */
function stagePath(index: number): string {
  return night.buckets
    .map((bucket, at) => {
      const minutes = stages.map(({ column }) => bucket[column]);
      const below = minutes.slice(index + 1).reduce<number>((sum, value) => sum + value, 0);
      const own = minutes[index] ?? 0;
      const bottom = stagesTop + stagesHeight - below * minuteHeight;
      const tall = round(own * minuteHeight);
      return own === 0 ? "" : `M${at * step} ${round(bottom)}v-${tall}h${barWidth}v${tall}z`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
