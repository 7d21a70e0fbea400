import { countZoneMinutes } from "../../analytics/intraday/heart-rate-zones.ts";
import type { Question } from "../../question/define-tool.ts";
import { findMaximum, noteZones, sayZoneMinutes } from "../../question/heart-rate-zones.ts";
import type { RingEvent } from "../../question/ring-event.ts";
import { formatDay } from "../../words/present.ts";
import type { WorkoutHeartRates } from "./workout-heart-rate.ts";

/**
 * An answer with more workouts than this does not state the time in heart-rate zones. The tool oura_get_intraday gives
 * this time for single days.
 */
const mostWorkouts = 3;

const noMaximum =
  "Time in heart-rate zones needs an age in Personal Info that this assistant may read, or max_bpm in oura_get_intraday.";

/**
 * Returns a text that states how long the heart rate was in each zone during the newest workouts. The zones are
 * computed from the wearer's age, so the wearer's profile is read.
 */
export async function sayZonesOfNewest(
  events: readonly RingEvent[],
  heartRates: WorkoutHeartRates,
  readMore: Question<object, never, never, "personal_info">["readMore"],
): Promise<{ sentence: string | null; notes: string[] }> {
  const measured = events.flatMap((event) => {
    const { start, end } = event;
    const heartRate = heartRates.of(event);
    return heartRate === null || start === null || end === null ? [] : [{ event, start, end, rows: heartRate.rows }];
  });
  if (measured.length === 0 || measured.length > mostWorkouts) return { sentence: null, notes: [] };
  const maximum = await findMaximum({ input: {}, readMore });
  if (maximum === null) return { sentence: null, notes: [noMaximum] };
  const said = measured.toReversed().flatMap(({ event, start, end, rows }) => {
    const time = countZoneMinutes(rows, start, end, maximum.bpm);
    return time === null ? [] : [`${event.what} on ${formatDay(event.day)}: ${sayZoneMinutes(time)}`];
  });
  return { sentence: said.length === 0 ? null : `Time in zones: ${said.join("; ")}.`, notes: [noteZones(maximum)] };
}
