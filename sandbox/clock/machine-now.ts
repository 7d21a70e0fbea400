/**
 * What the machine's clock says, epoch ms, also where `Date` is replaced. Tests, scripts and the simulator take their time
 * from a run's clock instead; the few files that may ask the machine are listed in test/clocks/one-clock.test.ts.
 */
export function machineNow(): number {
  return Math.floor(performance.timeOrigin + performance.now());
}
