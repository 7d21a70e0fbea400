#!/usr/bin/env python3
"""Writes golden.json: known answers of numpy, pandas and scipy on synthetic series, for the tests of src/analytics.

    python3 test/analytics/golden/generate.py && npx biome format --write test/analytics/golden

Seeded, so a second run writes the same file. Versions are in the file; Debian 12 has numpy 1.24.2, pandas 1.5.3 and
scipy 1.10.1 (python3-numpy, python3-pandas, python3-scipy).
"""

import json
import math
import pathlib

import numpy as np
import pandas as pd
import scipy
from scipy import special, stats

rng = np.random.default_rng(20261122)
FIRST_DAY = 20_000  # 2024-10-04
MAD_TO_SD = 1.482602218505602


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
    return [None if v is None or not np.isfinite(v) else float(v) for v in values]


days = np.arange(130)
series = {
    "whole_bpm_with_ties": with_gaps(np.round(52 + ar1(130, 0.5, 2.3)), 0.08),
    "log_normal_ms": with_gaps(np.exp(3.8 + ar1(130, 0.3, 0.18)), 0.1),
    "weekly_hours": with_gaps(7 + ar1(130, 0, 0.8) + np.where(days % 7 == 2, 1.2, 0), 0.05),
    "drifting": with_gaps(0.02 * days + ar1(130, 0.6), 0.2),
    "with_outliers": with_gaps(np.where(days % 17 == 3, 25.0, 0.0) + ar1(130, 0.2), 0.1),
    "constant": with_gaps(np.full(130, 96.5), 0.1),
    "mostly_missing": with_gaps(ar1(130, 0), 0.75),
    "all_missing": np.full(130, np.nan),
}


def rolling(x, window):
    r = pd.Series(x).rolling(window, min_periods=1)
    n = r.count()
    enough = n >= math.ceil(window / 2)
    return {
        "n": [int(v) for v in n],
        "mean": plain(r.mean().where(enough)),
        "sd": plain(r.std(ddof=1).where(enough & (n >= 2))),
        "min": plain(r.min().where(enough)),
        "max": plain(r.max().where(enough)),
    }


def winsorised(values, floor):
    median = np.median(values)
    reach = 3 * max(MAD_TO_SD * np.median(np.abs(values - median)), floor)
    return np.clip(values, median - reach, median + reach)


def deviation(x, day, window, floor, log, weekday):
    """z of one day against [day - window, day - 1]; None if it cannot be computed."""
    scaled = np.log(x) if log else x
    past = np.arange(max(0, day - window), day)
    past = past[np.isfinite(scaled[past])]
    n = len(past)
    if n < 14 or not np.isfinite(scaled[day]):
        return None
    values = scaled[past]
    offset, variance, used = 0.0, 0.0, 0.0
    if weekday and window == 60 and n >= 28:
        frame = pd.DataFrame({"value": values, "weekday": (FIRST_DAY + past) % 7})
        groups = frame.groupby("weekday")["value"]
        count = groups.count().reindex(range(7), fill_value=0)
        k = count / (count + 3)
        offsets = (k * (groups.mean().reindex(range(7)) - values.mean())).fillna(0)
        values = values - offsets[frame["weekday"]].to_numpy()
        used = float((k * (2 - k) * (1 - count / n)).sum())
        w = (FIRST_DAY + day) % 7
        offset = float(offsets[w])
        variance = float(k[w] ** 2 * (1 / count[w] - 1 / n)) if count[w] else 0.0
    values = winsorised(values, floor)
    mean = float(np.mean(values))
    sd = max(float(np.std(values, ddof=1)), floor) * math.sqrt((n - 1) / (n - 1 - used))
    z = (scaled[day] - mean - offset) / (sd * math.sqrt(1 + 1 / n + variance))
    return {"day": int(day), "n": n, "mean": mean, "sd": sd, "z": float(z), "p": float(2 * stats.t.sf(abs(z), n - 1))}


def deviations(name, window, floor, log=False, weekday=False):
    x = series[name]
    found = [deviation(x, d, window, floor, log, weekday) for d in range(0, 130, 3)]
    return {
        "series": name,
        "windowDays": window,
        "sdFloor": floor,
        "log": log,
        "weekday": weekday,
        "scores": [f for f in found if f is not None],
    }


def trend(x):
    t = np.flatnonzero(np.isfinite(x))
    y = x[t]
    n = len(y)
    slope, intercept, low, high = stats.theilslopes(y, t, 0.95)
    s = int(sum(np.sign(y[j] - y[i]) for j in range(n) for i in range(j)))
    counts = np.unique(y, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - np.sum(counts * (counts - 1) * (2 * counts + 5))) / 18
    if len(counts) > 1:  # same S and variance as scipy's test of time against value
        p = stats.kendalltau(t, y, method="asymptotic").pvalue
        assert abs(p - 2 * stats.norm.sf(abs(s) / math.sqrt(variance))) < 1e-9
    e = y - slope * t
    e = e - e.mean()
    adjacent = np.flatnonzero(np.diff(t) == 1)
    squares = float(np.sum(e**2))
    r = 0.0
    if squares > 1e-20 and len(adjacent):
        r1 = np.mean(e[adjacent] * e[adjacent + 1]) / (squares / n)
        r = float(np.clip((n * r1 + 1) / (n - 4), 0, 0.95))
    inflation = (1 + r) / (1 - r)
    z = (s - np.sign(s)) / math.sqrt(variance) if variance > 0 else 0.0
    return {
        "days": [int(d) for d in t],
        "values": plain(y),
        "slope": float(slope),
        "intercept": float(intercept),
        "low": float(low),
        "high": float(high),
        "s": s,
        "p": float(2 * stats.norm.sf(abs(z))),
        "autocorrelation": r,
        "correctedP": float(2 * stats.norm.sf(abs(z) / math.sqrt(inflation))),
    }


def t_quantile(p, df):
    """scipy 1.10's t.ppf is precise to 1e-9 only (it gives 1.0000000000134 for p = .75, df = 1): two Newton steps on its cdf."""
    t = float(stats.t.ppf(p, df))
    for _ in range(2):
        miss = stats.t.cdf(t, df) - p if p < 0.5 else (1 - p) - stats.t.sf(t, df)
        t -= miss / stats.t.pdf(t, df)
    return t


def clock(minutes):
    turn = 2 * math.pi / 1440
    angles = np.array(minutes) * turn
    return {
        "minutes": plain(minutes),
        "mean": float(stats.circmean(minutes, high=1440, low=0)),
        "sd": float(stats.circstd(minutes, high=1440, low=0)),
        "concentration": float(np.abs(np.mean(np.exp(1j * angles)))),
    }


grid_t = [0.0, 0.001, 0.3, 1.0, 1.96, 2.0, 2.5, 3.0, 4.5, 8.0, 25.0]
grid_df = [1, 2, 3.5, 13, 27, 59, 200, 364]
golden = {
    "versions": {"numpy": np.__version__, "pandas": pd.__version__, "scipy": scipy.__version__},
    "firstDay": FIRST_DAY,
    "series": {name: plain(x) for name, x in series.items()},
    "rolling": [
        {"series": name, "windowDays": w, **rolling(series[name], w)} for name in series for w in (7, 28)
    ],
    "deviations": [
        deviations("whole_bpm_with_ties", 60, 1.0),
        deviations("whole_bpm_with_ties", 28, 1.0),
        deviations("log_normal_ms", 60, 0.05, log=True),
        deviations("weekly_hours", 60, 0.25, weekday=True),
        deviations("drifting", 60, 0.1, weekday=True),
        deviations("with_outliers", 60, 0.1),
        deviations("constant", 60, 0.3),
        deviations("mostly_missing", 60, 0.1),
    ],
    "trends": [trend(series[name][:60]) for name in series if name != "all_missing"],
    "clocks": [
        clock(np.round(rng.normal(1430, 45, 30) % 1440)),
        clock([1430.0, 10.0]),
        clock([300.0] * 5),
        clock(rng.uniform(0, 1440, 25)),
    ],
    "t": [
        {
            "t": t,
            "df": df,
            "twoSided": float(2 * stats.t.sf(t, df)),
            "cdf": float(stats.t.cdf(-t, df)),
        }
        for t in grid_t
        for df in grid_df
    ],
    "tQuantiles": [
        {"p": p, "df": df, "t": t_quantile(p, df)}
        for p in (0.005, 0.1, 0.5, 0.75, 0.9, 0.975, 0.9995)
        for df in grid_df
    ],
    "betainc": [
        {"x": x, "a": a, "b": b, "value": float(special.betainc(a, b, x))}
        for x in (0.001, 0.1, 0.5, 0.93, 0.9999)
        for a, b in ((0.5, 0.5), (2, 3), (29.5, 0.5), (0.5, 100), (180, 0.5), (40, 60))
    ],
    "normal": [{"z": z, "twoSided": float(2 * stats.norm.sf(z))} for z in (0, 0.1, 1, 1.96, 3, 3.6, 6, 12, 30)],
}

path = pathlib.Path(__file__).with_name("golden.json")
path.write_text(json.dumps(golden, allow_nan=False) + "\n")
