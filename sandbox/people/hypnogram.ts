import { clamp } from "./arithmetic.ts";
import type { Random } from "./random.ts";

/** Oura's codes: 1 deep, 2 light, 3 REM, 4 awake. */
export const DEEP = "1";
export const LIGHT = "2";
export const REM = "3";
export const AWAKE = "4";

export interface HypnogramPlan {
  /** 30-second epochs in bed and asleep. */
  epochs: number;
  asleepEpochs: number;
  latencyEpochs: number;
  deepShare: number;
  remShare: number;
}

/** A night in 30-second epochs: cycles of about 95 minutes, deep sleep early, REM late, short wakings in between. */
export function hypnogram(plan: HypnogramPlan, random: Random): string {
  const asleep = cycles(plan, random);
  const awakeEpochs = plan.epochs - asleep.length;
  const latency = Math.min(plan.latencyEpochs, awakeEpochs);
  const morning = Math.min(random.integer(1, 10), awakeEpochs - latency);
  const before = wakings(asleep.length, awakeEpochs - latency - morning, random);
  let night = AWAKE.repeat(latency);
  let reached = 0;
  for (const [at, epochs] of [...before].sort(([one], [other]) => one - other)) {
    if (at >= asleep.length) break;
    night += asleep.slice(reached, at) + AWAKE.repeat(epochs);
    reached = at;
  }
  return night + asleep.slice(reached) + AWAKE.repeat(morning);
}

function cycles({ asleepEpochs, deepShare, remShare }: HypnogramPlan, random: Random): string {
  const count = Math.max(1, Math.round(asleepEpochs / 190));
  const deepWeights = Array.from({ length: count }, (_, i) => 0.5 ** i * random.between(0.8, 1.2));
  const remWeights = Array.from({ length: count }, (_, i) => (i + 0.7) * random.between(0.8, 1.2));
  const sum = (weights: number[]): number => weights.reduce((a, b) => a + b, 0);
  const [deepSum, remSum] = [sum(deepWeights), sum(remWeights)];
  let stages = "";
  for (let i = 0; i < count; i++) {
    const length = Math.round((asleepEpochs * (i + 1)) / count) - stages.length;
    const deep = Math.round((asleepEpochs * deepShare * (deepWeights[i] ?? 0)) / deepSum);
    const rem = Math.round((asleepEpochs * remShare * (remWeights[i] ?? 0)) / remSum);
    const deepHere = clamp(deep, 0, Math.floor(length * 0.7));
    const remHere = clamp(rem, 0, length - deepHere);
    const light = length - deepHere - remHere;
    const lightFirst = Math.round(light * random.between(0.3, 0.6));
    stages += LIGHT.repeat(lightFirst) + DEEP.repeat(deepHere) + LIGHT.repeat(light - lightFirst) + REM.repeat(remHere);
  }
  return stages;
}

/** Number of waking epochs to insert before each sleeping epoch. */
function wakings(asleepEpochs: number, awakeEpochs: number, random: Random): Map<number, number> {
  const before = new Map<number, number>();
  let left = awakeEpochs;
  while (left > 0) {
    const bout = Math.min(left, random.integer(1, 12));
    const at = random.integer(1, Math.max(1, asleepEpochs - 1));
    before.set(at, (before.get(at) ?? 0) + bout);
    left -= bout;
  }
  return before;
}

/** The most frequent stage of each five minutes, the earliest of equally frequent ones. */
export function phasesPerFiveMinutes(phases: string): string {
  const counts = new Uint8Array(10);
  let result = "";
  for (let at = 0; at < phases.length; at += 10) {
    const end = Math.min(at + 10, phases.length);
    counts.fill(0);
    for (let i = at; i < end; i++) counts[digitAt(phases, i)] = (counts[digitAt(phases, i)] ?? 0) + 1;
    let often = digitAt(phases, at);
    for (let i = at; i < end; i++)
      if ((counts[digitAt(phases, i)] ?? 0) > (counts[often] ?? 0)) often = digitAt(phases, i);
    result += often;
  }
  return result;
}

/** Movement per epoch: 1 none, 2 restless, 3 tossing, 4 active. */
export function movements(phases: string, restlessness: number, random: Random): string {
  const codes = new Uint8Array(phases.length);
  for (let i = 0; i < phases.length; i++) {
    const awake = phases[i] === AWAKE ? 2.5 : 0.75;
    const draw = random.uniform();
    if (draw < 0.003 * awake) codes[i] = FIRST_DIGIT + 4;
    else if (draw < 0.02 * awake) codes[i] = FIRST_DIGIT + 3;
    else if (draw < restlessness * awake) codes[i] = FIRST_DIGIT + 2;
    else codes[i] = FIRST_DIGIT + 1;
  }
  return new TextDecoder().decode(codes);
}

export function restlessEpochs(movement: string): number {
  return movement.length - countOf("1", movement);
}

/** Seconds in each stage of sleep; deep + light + REM = asleep. */
export function stagesOf(phases: string) {
  const seconds = (stage: string): number => countOf(stage, phases) * 30;
  const [deep, light, rem] = [seconds(DEEP), seconds(LIGHT), seconds(REM)];
  return { deep, light, rem, asleep: deep + light + rem };
}

/** How often a character stands in a text, without making a piece of text for each. */
function countOf(character: string, text: string): number {
  const code = character.charCodeAt(0);
  let count = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === code) count += 1;
  return count;
}

export const FIRST_DIGIT = 48;

function digitAt(text: string, index: number): number {
  return text.charCodeAt(index) - FIRST_DIGIT;
}
