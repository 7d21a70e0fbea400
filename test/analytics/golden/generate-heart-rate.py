#!/usr/bin/env python3
"""Writes heart-rate.json: known answers of numpy for heart rate within a day, for the tests of src/analytics/intraday.

    python3 test/analytics/golden/generate-heart-rate.py && npx biome format --write test/analytics/golden

Seeded, so a second run writes the same file. It needs numpy 2.0 or newer (weights of a quantile).
"""

import json
import pathlib

import numpy as np

rng = np.random.default_rng(20261127)
MINUTE = 60_000
LONGEST_WEIGHT = 10 * MINUTE
MAXIMUM = 181


def figures(at, bpm, end):
    """A reading counts for the time to the next one, ten minutes at most. The last one counts like the one before it."""
    gaps = np.diff(at)
    last = min(gaps[-1], end - at[-1]) if len(gaps) else end - at[-1]
    weights = np.minimum(np.append(gaps, last), LONGEST_WEIGHT)
    edges = np.array([0.5, 0.6, 0.7, 0.8, 0.9]) * MAXIMUM
    minutes, _ = np.histogram(bpm, bins=[-np.inf, *edges, np.inf], weights=weights / MINUTE)
    return {
        "n": len(at),
        "minutes": float(weights.sum() / MINUTE),
        "min": int(bpm.min()),
        "max": int(bpm.max()),
        "mean": float(np.average(bpm, weights=weights)),
        "restingLimit": int(np.quantile(bpm, 0.05, weights=weights, method="inverted_cdf")),
        "below": float(minutes[0]),
        "zones": [float(value) for value in minutes[1:]],
    }


def case(name, at, end):
    at = np.sort(np.array(at))
    bpm = np.round(60 + 25 * rng.gamma(1, 1, len(at))).astype(int)
    order = rng.permutation(len(at))
    rows = [[int(at[i]), int(bpm[i])] for i in order]
    return {"name": name, "end": end, "rows": rows, "expected": figures(at, bpm, end)}


rest = [5 * MINUTE * k for k in range(24)]
workout = [120 * MINUTE + 5_000 * k for k in range(60)]
cases = [
    case("rest and a workout", rest + workout, 130 * MINUTE),
    case("irregular times", rng.choice(180 * MINUTE, 80, replace=False), 180 * MINUTE),
    case("long pauses", [40 * MINUTE * k for k in range(8)], 330 * MINUTE),
    case("a single reading", [50 * MINUTE], 55 * MINUTE),
]
known = {"numpy": np.__version__, "maximum": MAXIMUM, "cases": cases}
path = pathlib.Path(__file__).parent / "heart-rate.json"
path.write_text(json.dumps(known, indent=1) + "\n")
