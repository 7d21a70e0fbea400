import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candidate, createSelection, nextSelection } from "../../src/analytics/influences/selection.ts";

const candidate = (factor: string, p: number, isFound = p < 0.01): Candidate => ({ factor, p, isFound });

describe("a step of the selection", () => {
  it("selects the clearest finding that is not selected yet", () => {
    const candidates = [candidate("late meal", 0.004), candidate("alcohol", 1e-6), candidate("steps", 0.3)];
    const first = nextSelection(createSelection(), candidates);
    expect(first).toEqual({ selected: ["alcohol"], dropped: [] });
    expect(first && nextSelection(first, candidates)).toEqual({ selected: ["alcohol", "late meal"], dropped: [] });
  });

  it("drops the weakest selected factor that is no finding any more, before it selects another", () => {
    const selection = { selected: ["alcohol", "late meal", "bedtime"], dropped: [] };
    const candidates = [
      candidate("alcohol", 1e-6),
      candidate("late meal", 0.2),
      candidate("bedtime", 0.4),
      candidate("steps", 1e-9),
    ];
    expect(nextSelection(selection, candidates)).toEqual({ selected: ["alcohol", "late meal"], dropped: ["bedtime"] });
  });

  it("drops a selected factor that cannot be judged any more", () => {
    const selection = { selected: ["weekend", "steps"], dropped: [] };
    expect(nextSelection(selection, [candidate("steps", 0.5)])?.dropped).toEqual(["weekend"]);
  });

  it("ends where nothing is left to drop or select, and does not select a dropped factor again", () => {
    expect(nextSelection(createSelection(), [candidate("steps", 0.3)])).toBeNull();
    expect(nextSelection({ selected: [], dropped: ["alcohol"] }, [candidate("alcohol", 1e-6)])).toBeNull();
  });

  it("leads to an end, whatever the comparisons say after each step", () => {
    const factors = ["a", "b", "c", "d"];
    const judged = fc.infiniteStream(
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { minLength: 4, maxLength: 4 }),
    );
    fc.assert(
      fc.property(judged, (stream) => {
        let selection = createSelection();
        for (let step = 0; step <= 2 * factors.length; step++) {
          const { value } = stream.next();
          const next = nextSelection(
            selection,
            factors.map((factor, index) => candidate(factor, ...((value as [number, boolean][])[index] ?? [1, false]))), // never done
          );
          if (next === null) return;
          selection = next;
        }
        expect.unreachable();
      }),
    );
  });
});
