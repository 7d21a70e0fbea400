#!/usr/bin/env python3
"""Writes effects.json: known answers of numpy and scipy for influences, for the tests of src/analytics.

    python3 test/analytics/golden/generate-effects.py && npx biome format --write test/analytics/golden

Seeded, so a second run writes the same file; apart from generate.py because it needs scipy 1.11 or newer
(false_discovery_control). Versions are in the file.
"""

import json
import math
import pathlib

import numpy as np
import scipy
from scipy import special, stats

rng = np.random.default_rng(20261124)
FIRST_DAY = 20_000  # 2024-10-04, a Friday


def ar1(n, phi, sd=1.0):
    x = np.zeros(n)
    x[0] = rng.normal()
    for i in range(1, n):
        x[i] = phi * x[i - 1] + math.sqrt(1 - phi**2) * rng.normal()
    return sd * x


def with_gaps(x, share):
    x = np.array(x, dtype=float)
    x[rng.random(len(x)) < share] = np.nan
    return x


def plain(values):
    return [None if not np.isfinite(v) else float(v) for v in values]


def autocorrelation(stretches):
    """r* of values around the mean of their own stretch; only adjacent days are pairs."""
    squares = products = 0.0
    pairs = count = 0
    for t, x in stretches:
        e = x - x.mean()
        adjacent = np.flatnonzero(np.diff(t) == 1)
        squares += float(np.sum(e**2))
        products += float(np.sum(e[adjacent] * e[adjacent + 1]))
        pairs += len(adjacent)
        count += len(x)
    if squares <= 0 or pairs == 0:
        return 0.0
    n = count / len(stretches)
    r1 = products / pairs / (squares / count)
    return float(np.clip((n * r1 + 1) / (n - 4), 0, 0.95))



def autocorrelation_around_zero(t, e, slow_columns=1):
    adjacent = np.flatnonzero(np.diff(t) == 1)
    r1 = float(np.mean(e[adjacent] * e[adjacent + 1]) / np.mean(e**2))
    return float(np.clip((len(e) * r1 + slow_columns) / (len(e) - 3 - slow_columns), 0, 0.95))


def normal_scores(v):
    return stats.norm.ppf(stats.rankdata(v) / (len(v) + 1))


def link(factor, outcome, yes_no, weekend_out, companion=None):
    """Generalised least squares with the covariance of an AR(1) written out, while the code whitens each night in sequence."""
    t = np.flatnonzero(np.isfinite(factor) & np.isfinite(outcome))
    x, y = factor[t], outcome[t]
    exposed = (x > (0 if yes_no else np.median(x))).astype(float)
    weekend = np.isin((FIRST_DAY + t) % 7, (2, 3)).astype(float)
    columns = [np.ones(len(t)), t.astype(float)] + ([weekend] if weekend_out else [])
    if companion is not None:
        known = companion[t]
        columns.append(np.where(np.isfinite(known), known, np.nanmean(known)))
    design = np.column_stack(columns)
    cost = design.shape[1] + 2

    def out(d, v):
        return v - d @ np.linalg.lstsq(d, v, rcond=None)[0]

    likeness = design if weekend_out else np.column_stack([design, weekend])  # weekends do not count as autocorrelation

    def whitening(phi):
        covariance = phi ** np.abs(t[:, None] - t[None, :]) if phi > 0 else np.eye(len(t))
        factor_of = np.linalg.cholesky(covariance)  # its inverse whitens
        return lambda v: np.linalg.solve(factor_of, v)

    scores, phi = normal_scores(y), 0.0
    for _ in range(3):
        white = whitening(phi)
        coefficients = np.linalg.lstsq(white(likeness), white(scores), rcond=None)[0]
        phi = autocorrelation_around_zero(t, scores - likeness @ coefficients, 2)
    white = whitening(phi)

    def regress(v, w):
        e, u = out(white(design), white(v)), out(white(design), white(w))
        slope = (e @ u) / (e @ e)
        residuals = u - slope * e
        product = autocorrelation_around_zero(t, e) * autocorrelation_around_zero(t, residuals)
        df = len(t) * (1 - product) / (1 + product) - cost
        r = float(e @ u / math.sqrt((e @ e) * (u @ u)))
        return slope, math.sqrt(residuals @ residuals / (e @ e) / df), df, r

    difference, error, df, _ = regress(exposed, y)
    reach = stats.t.ppf(0.975, df) * error
    _, _, df, r = regress(exposed if yes_no else normal_scores(x), normal_scores(y))
    return {
        "factor": plain(factor),
        "outcome": plain(outcome),
        "companion": None if companion is None else plain(companion),
        "kind": "yes_no" if yes_no else "amount",
        "takesOutWeekend": weekend_out,
        "nWith": int(exposed.sum()),
        "difference": float(difference),
        "low": float(difference - reach),
        "high": float(difference + reach),
        "correlation": r,
        "p": float(2 * stats.t.sf(abs(r) * math.sqrt(df / (1 - r**2)), df)),
    }


n = 90
days = np.arange(n)
weekend = np.isin((FIRST_DAY + days) % 7, (2, 3))
tag = (rng.random(n) < np.where(weekend, 0.6, 0.15)).astype(float)
rhr = with_gaps(np.round(52 + ar1(n, 0.5, 2.3) + 3.5 * tag), 0.07)
steps = with_gaps(np.round(np.exp(9 + ar1(n, 0.4, 0.4))), 0.1)
score = with_gaps(np.round(78 + ar1(n, 0, 6) + 4 * weekend + 0.05 * days), 0.05)
ps = [float(p) for p in np.concatenate([rng.uniform(size=12), rng.uniform(size=4) / 100, [0.2, 0.2, 1.0, 0.0]])]

effects = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "firstDay": FIRST_DAY,
    "links": [
        link(tag, rhr, True, True),
        link(tag, rhr, True, False),
        link(steps, score, False, True),
        link(steps, rhr, False, True),
        link(weekend.astype(float), score, True, False),
        link(steps, rhr, False, True, tag),
        link(tag, rhr, True, True, steps),
    ],
    "looks": {"ps": ps, "qs": [float(q) for q in stats.false_discovery_control(ps)]},
    "ranks": {"values": plain(score[np.isfinite(score)]), "ranks": plain(stats.rankdata(score[np.isfinite(score)])), "scores": plain(normal_scores(score[np.isfinite(score)]))},
}
path = pathlib.Path(__file__).with_name("effects.json")
path.write_text(json.dumps(effects, allow_nan=False) + "\n")
