#!/usr/bin/env python3
"""Writes methods/*.json: known answers of numpy and scipy for the tests of src/analytics.

    (cd test/analytics/golden/methods && python3 ../generate-methods.py) && npx biome format --write test/analytics/golden

Seeded, so a second run writes the same values to about 1e-13. Every file: {"definition", "source", "cases": [{"name", "input",
"expected"}]}; a null day has no data. The stored files were written with numpy 1.24.2 and scipy 1.10.1 (Debian 12), and
residual-model.json and month-test.json with numpy 2.4.6 and scipy 1.17.1.
"""

import json, math, numpy as np
from scipy import stats, special
from scipy.optimize import brentq

rng = np.random.default_rng(20261127)


def save(n, definition, source, cases):
    assert len(cases) >= 5, n
    json.dump(
        dict(definition=definition, source=source, cases=cases),
        open(n.replace("_", "-") + ".json", "w"),
        indent=1,
        allow_nan=False,
    )
    print(n, len(cases))


def tq(p, df):
    return brentq(lambda t: stats.t.sf(t, df) - (1 - p), 0, 500, xtol=1e-14, rtol=1e-14)


r = lambda x: None if x is None or not np.isfinite(x) else float(x)


# Sleep regularity index
def sri(days):
    """days: list of lists of equal length: 1 asleep, 0 awake, null unknown; consecutive calendar days; None = no such day"""
    m = n = 0
    for a, b in zip(days, days[1:]):
        if a is None or b is None:
            continue
        for x, y in zip(a, b):
            if x is None or y is None:
                continue
            n += 1
            m += x == y
    return dict(sri=None if n == 0 else -100 + 200 * m / n, pairs=n)


def day(on, off, M=24):
    return [1 if on <= ((h + 12) % 24 if (h + 12) % 24 >= 12 else (h + 12) % 24 + 24) < off else 0 for h in range(M)]


A = day(23, 31)
alt = [1, 0] * 12
cases = [
    ("perfectly regular", [A] * 7),
    ("one hour later every second day", [day(23, 31), day(24, 32)] * 4),
    ("all asleep against all awake alternately: -100", [[1] * 24, [0] * 24] * 3),
    ("a day without the ring is unknown, not awake", [A, A, None, A, A]),
    ("unknown epochs leave their pair out", [A, [None] * 6 + A[6:], A, day(25, 33), A]),
    ("random states: near 0", [list(map(int, rng.integers(0, 2, 24))) for _ in range(8)]),
]
save(
    "sri",
    "SRI = -100 + 200/P * sum of equal states over the P pairs of known epochs 24 h apart (Phillips: P = M(N-1))",
    "Phillips et al. 2017, Sci Rep 7:3216; minimum 7 pairs of days, provisional below 14 (Fischer et al. 2021, Sleep 44:zsab103: SD and IS need over a week)",
    [dict(name=n, input=d, expected=sri(d)) for n, d in cases],
)


# Spread of clock times
def clock(v):
    a = np.array(v) * 2 * np.pi / 1440
    C, S = (np.cos(a).mean(), np.sin(a).mean())
    R = min(1.0, math.hypot(C, S))
    mean = math.atan2(S, C) * 1440 / 2 / np.pi % 1440
    line = mean + ((np.array(v) - mean + 720) % 1440 - 720)
    return dict(
        mean=mean if R > 1e-12 else None,
        sd=1440 / 2 / np.pi * math.sqrt(max(0.0, -2 * math.log(R))) if R > 1e-12 else None,
        R=R,
        median=float(np.median(line) % 1440) if R >= 0.3 else None,
        earliest=float(line.min() % 1440) if R >= 0.3 else None,
        latest=float(line.max() % 1440) if R >= 0.3 else None,
    )


C = [
    ("around midnight", [1430, 10, 1425, 15, 0, 1435, 20]),
    ("early evening", [1320, 1335, 1310, 1325, 1330, 1320, 1315]),
    ("shift worker: no usual time", [0, 480, 960, 240, 720, 1200, 60]),
    ("one wild night", [1380, 1385, 1390, 1378, 1382, 300, 1384]),
    ("identical", [1395] * 7),
]
save(
    "bedtime_spread",
    "circular mean, SD = 1440/2pi*sqrt(-2 ln R), median/earliest/latest on the line unrolled around the mean; R < .3: no usual time",
    "Jammalamadaka & SenGupta 2001",
    [dict(name=n, input=v, expected=clock(v)) for n, v in C],
)


def sh(to, fr):
    return (to - fr + 720) % 1440 - 720


# Chronotype
def chrono(work, free, wd=5):
    """lists of [onset minute, duration minutes]; circular means of onset, end and mid-sleep, mean duration"""
    cm = lambda v: clock(v)["mean"]
    if not work or not free:
        return dict(msfsc=None, reason="needs both kinds of nights")
    mid = lambda L: [(o + d / 2) % 1440 for o, d in L]
    end = lambda L: [(o + d) % 1440 for o, d in L]
    msf, msw = (cm(mid(free)), cm(mid(work)))
    sdf = float(np.mean([d for _, d in free]))
    sdw = float(np.mean([d for _, d in work]))
    sdweek = (wd * sdw + (7 - wd) * sdf) / 7
    msfsc = (msf - (sdf - sdweek) / 2) % 1440 if sdf > sdw else msf
    sof, sow = (cm([o for o, _ in free]), cm([o for o, _ in work]))
    sef, sew = (cm(end(free)), cm(end(work)))
    sjlsc = abs(sh(sef, sew)) if sdw > sdf and sh(sef, sew) >= 0 else abs(sh(sof, sow))
    return dict(
        msf=msf,
        msw=msw,
        sd_free=sdf,
        sd_work=sdw,
        sd_week=sdweek,
        msfsc=msfsc,
        social_jetlag=abs(sh(msf, msw)),
        social_jetlag_relative=sh(msf, msw),
        social_jetlag_sc=sjlsc,
    )


h = 60
CC = [
    ("mctq test: MSF 04:00, SDw 6 h, SDf 8 h -> 03:17:08.571", [[0, 6 * h]], [[0, 8 * h]], 5),
    ("mctq test: MSF 23:30, SDw 7 h, SDf 9 h, 3 workdays -> 23:04:17.143", [[1170, 7 * h]], [[1140, 9 * h]], 3),
    ("no oversleep on free days: MSFsc = MSF (mctq: 02:15)", [[1290, 9 * h]], [[(135 - 210) % 1440, 7 * h]], 5),
    ("mctq sjl: 04:30 to 23:30 is -5 h, not +19", [[30, 8 * h]], [[1170, 8 * h]], 5),
    (
        "ordinary office weeks",
        [[1385, 405], [1400, 390], [1375, 410], [1390, 400], [1410, 380]] * 2,
        [[20, 500], [35, 520], [10, 470], [50, 510]],
        5,
    ),
    ("mctq sjl_sc: work 22-06, free 01-06 -> 0", [[1320, 480]], [[60, 300]], 5),
]
save(
    "chronotype",
    "MSF = onset + duration/2 on free nights; SDweek = (WD*SDw + FD*SDf)/7; MSFsc = MSF - (SDf - SDweek)/2 if SDf > SDw else MSF; SJL = |MSF - MSW| the shorter way round; SJLsc: if SDw > SDf and SEw <= SEf |SEf - SEw| else |SOf - SOw|",
    "Roenneberg et al. 2003/2012; Wittmann et al. 2006; Jankowski 2017; oracle: ropensci mctq tests",
    [dict(name=n, input=dict(work=w, free=f, workdays=k), expected=chrono(w, f, k)) for n, w, f, k in CC],
)
assert (
    abs(chrono(*CC[0][1:3], 5)["msfsc"] * 60 - (3 * 3600 + 17 * 60 + 8.571428571)) < 0.001
    and abs(chrono(*CC[1][1:3], 3)["msfsc"] * 60 - (23 * 3600 + 4 * 60 + 17.142857)) < 0.001
)


# Sleep shortfall
def shortfall(hours, need, weights=None):
    v = [x for x in hours if x is not None]
    n = len(v)
    if n < 10:
        return dict(kind="too_few_nights", n=n, need_nights=10)
    return dict(
        kind="shortfall",
        n=n,
        missing=len(hours) - n,
        net_hours=float(sum((need - x for x in v))),
        gross_hours=float(sum((max(0, need - x) for x in v))),
        short_nights=int(sum((x < need for x in v))),
        mean_hours=float(np.mean(v)),
        net_per_night=float(need - np.mean(v)),
    )


S = [
    ("seven hours against a need of eight", [7] * 14, 8),
    ("weekday short, weekend long", [6.5, 6.5, 6.5, 6.5, 6.5, 9, 9] * 2, 7.5),
    ("gaps are not zeros", [7, None, 7.5, 6, None, 8, 7, 6.5, 7, 7.25, 8, None, 7, 6], 7),
    ("too few", [7, None] * 7, 8),
    ("surplus: net negative, gross 0", [8.5] * 14, 8),
]
save(
    "sleep_shortfall",
    "over the 14 days to date, measured nights only (naps included): net = sum(need - sleep), gross = sum(max(0, need - sleep)); needs 10 of 14; need is said by the wearer, else 7 h (AASM/SRS minimum) and the own 60-day mean, both named",
    "Watson et al. 2015 (7 h or more); Van Dongen 2003 and Kitamura 2016 (need differs between people; 1 h of potential debt took four days) - no validated way to read need from a ring",
    [dict(name=n, input=dict(hours=v, need=k), expected=shortfall(v, k)) for n, v, k in S],
)


# Recovery and Kaplan-Meier
def recovery(series, events, low, high, horizon=14):
    """nights 1..; recovered on the first of two measured nights in a row (one missing between them allowed) inside [low, high];
    censored at the next event, the end, the horizon, or after two missing nights in a row"""
    out = []
    for e in events:
        nxt = min([x for x in events if x > e] + [10**9])
        last = None
        t = None
        c = None
        miss = 0
        known = 0
        for k in range(1, horizon + 1):
            i = e + k
            if i >= len(series) or i >= nxt:
                c = k - 1
                break
            v = series[i]
            if v is None:
                miss += 1
                if miss >= 2:
                    c = k - 2
                    break
                continue
            miss = 0
            if low <= v <= high:
                if last is not None:
                    t = last
                    break
                last = k
            else:
                last = None
        if t is None and c is None:
            c = horizon
        out.append((t, c))
    ts = sorted(set([t for t, _ in out if t is not None]))
    Sv = 1.0
    med = None
    steps = []
    for t in ts:
        risk = sum(((a if a is not None else b) >= t for a, b in out))
        d = sum((a == t for a, _ in out))
        Sv *= 1 - d / risk
        steps.append([t, Sv])
        if med is None and Sv <= 0.5:
            med = t
    return dict(
        times=[[a, b] for a, b in out],
        recovered=sum((a is not None for a, _ in out)),
        events=len(out),
        km=steps,
        median=med,
    )


base = [50] * 40


def s1():
    x = [50.0] * 60
    for e in (5, 20, 35, 50):
        for k, a in enumerate((6, 4, 2.5, 1)):
            x[e + 1 + k] += a
    return x


x2 = s1()
x2[7] = None
x2[23] = None
x2[24] = None
x3 = s1()[:53]
x4 = s1()
x4[8] = 49
RR = [
    ("decay over three nights, four events", s1(), [5, 20, 35, 50], 47, 52),
    ("missing nights: one bridged, two censor", x2, [5, 20, 35, 50], 47, 52),
    ("end of the record censors", x3, [5, 20, 35, 50], 47, 52),
    ("next event censors", s1(), [5, 7, 20, 35, 50], 47, 52),
    ("one good night between bad ones is no recovery", [50, 50, 58, 51, 57, 56, 50.5, 51, 50], [1], 47, 52),
    ("no effect: recovered at once", base, [5, 15, 25], 47, 52),
]
save(
    "recovery",
    "night k after the event; Kaplan-Meier over events; median = first k with survival <= .5, null when more than half are censored before; at least 5 events to say a median",
    "Kaplan & Meier 1958; usual range = 80 % prediction interval of the 60 days before each event",
    [
        dict(name=n, input=dict(series=s, events=e, low=a, high=b), expected=recovery(s, e, a, b))
        for n, s, e, a, b in RR
    ],
)


# Rises of temperature
def step_shifts(x, w=9, least=0.15, tmin=2.5, phi=0.3, gap=17):
    x = np.array([np.nan if v is None else v for v in x], float)
    d = np.diff(x)
    d = d[~np.isnan(d)]
    if len(d) < 20:
        return dict(shifts=[], sd=None)
    s = max(1.482602218505602 * np.median(abs(d - np.median(d))) / math.sqrt(2 * (1 - phi)), 0.05)
    c = []
    for t in range(w, len(x) - w + 1):
        a, b = (x[t : t + w], x[t - w : t])
        ia = np.flatnonzero(~np.isnan(a))
        ib = np.flatnonzero(~np.isnan(b))
        if min(len(ia), len(ib)) < math.ceil(0.6 * w):
            continue
        dd = np.r_[ib - w, ia]
        wt = np.r_[-np.full(len(ib), 1 / len(ib)), np.full(len(ia), 1 / len(ia))]
        se = s * math.sqrt(wt @ phi ** np.abs(dd[:, None] - dd[None, :]) @ wt)
        df = a[ia].mean() - b[ib].mean()
        if df >= least and df / se >= tmin:
            c.append((df / se, t, df))
    o = []
    for q, t, df in sorted(c, key=lambda z: (-z[0], z[1])):
        if all((abs(t - u[0]) >= gap for u in o)):
            o.append([t, float(df)])
    o.sort()
    g = [b[0] - a[0] for a, b in zip(o, o[1:])]
    ok = [21 <= q <= 38 for q in g]
    return dict(shifts=o, sd=float(s), intervals=g, monthly=any((a and b for a, b in zip(ok, ok[1:]))))


def three_over_six(x, rise=0.2):
    x = np.array([np.nan if v is None else v for v in x], float)
    i = np.flatnonzero(~np.isnan(x))
    o = []
    for k in range(6, len(i) - 2):
        six, th = (x[i[k - 6 : k]], x[i[k : k + 3]])
        if (
            i[k + 2] - i[k - 6] <= 10
            and (th > six.max()).all()
            and (th[2] - six.max() >= rise - 1e-09)
            and (not o or i[k] - o[-1] >= 14)
        ):
            o.append(int(i[k]))
    return o


def cyc(days, length, amp, sd, miss=0.0, seed=1):
    g = np.random.default_rng(seed)
    e = np.zeros(days)
    e[0] = g.normal()
    for t in range(1, days):
        e[t] = 0.3 * e[t - 1] + math.sqrt(0.91) * g.normal()
    ph = (np.arange(days) + 6) % length
    x = np.where(ph >= length - 13, amp, 0) + sd * e
    y = [round(float(v), 2) for v in x]
    return [None if g.random() < miss else v for v in y]


T = [
    ("clear 28-day rhythm", cyc(120, 28, 0.35, 0.12)),
    ("noisy 28-day rhythm, 10 % missing", cyc(150, 28, 0.35, 0.2, 0.1, 2)),
    ("no rhythm", cyc(150, 28, 0, 0.15, 0.05, 3)),
    (
        "one fever: no rhythm",
        [
            v if v is None else round(v + (1.0 if 60 <= k < 65 else 0), 2)
            for k, v in enumerate(cyc(120, 28, 0, 0.12, 0, 4))
        ],
    ),
    ("too short", cyc(15, 28, 0.35, 0.12, 0, 5)),
    ("32-day rhythm", cyc(140, 32, 0.4, 0.12, 0.05, 6)),
]
save(
    "temperature_shift",
    "step: mean of nights t..t+8 minus t-9..t-1 (6 of 9 measured each side), >= .15 C and >= 2.5 standard errors (AR(1) phi .3, sigma from night-to-night differences), best first, 17 nights apart; monthly: two intervals in a row of 21 to 38 days. three_over_six for comparison",
    "three over six: sympto-thermal rule; Shilaih et al. 2018 (wrist, 82 % of cycles), Maijala et al. 2019 (Oura: +0.30 +- 0.12 C). Not a fertility method",
    [dict(name=n, input=v, expected=dict(**step_shifts(v), three_over_six=three_over_six(v))) for n, v in T],
)


# Two periods
def corr(d, phi, lam, rho=0.97):
    k = np.abs(np.subtract.outer(d, d)).astype(float)
    return (1 - lam) * phi**k + lam * rho**k


def residual_model(blocks, sd0, phi0, slow, floor):
    """blocks: list of (days, values); variance of single days, nu, correlation of neighbouring days"""
    sq = pr = 0.0
    N = pairs = 0
    for d, v in blocks:
        e = v - v.mean()
        sq += float((e**2).sum())
        N += len(v)
        j = np.flatnonzero(np.diff(d) == 1)
        pr += float((e[j] * e[j + 1]).sum())
        pairs += len(j)
    phi = phi0
    if pairs >= 5 and sq > 0:
        nb = N / len(blocks)
        r1 = pr / pairs / (sq / N)
        r1 = (nb * r1 + 1) / (nb - 4) if nb > 4.5 else r1
        phi = (30 * phi0 + pairs * (r1 - slow * 0.97) / (1 - slow)) / (30 + pairs)
    phi = min(0.9, max(0.0, phi))
    ev = tr2 = 0.0
    for d, v in blocks:
        R = corr(d, phi, slow)
        MR = R - R.mean(0)[None, :]
        ev += float(np.trace(MR))
        tr2 += float((MR * MR.T).sum())
    nu = ev**2 / tr2 if tr2 > 0 else 0.0
    s2 = sq / ev if ev > 0 else 0.0
    var = max((8 * sd0**2 + nu * s2) / (8 + nu), floor**2)
    return dict(variance=var, df=min(20.0, 8 + nu), phi=phi, expected=ev, nu=nu)


def short_comparison(h, b, a, sd0, phi0, slow, floor, weekday=False):
    """h, b, a: lists of [day number, value]"""
    H, B, A = [(np.array([q[0] for q in z], int), np.array([q[1] for q in z], float)) for z in (h, b, a)]
    plain = float(A[1].mean() - B[1].mean())
    extra = 0.0
    if weekday and len(H[1]) >= 28:
        off = np.zeros(7)
        var = np.zeros(7)
        m = H[1].mean()
        for w in range(7):
            q = H[1][H[0] % 7 == w]
            c = len(q)
            if c:
                k = c / (c + 3)
                off[w] = k * (q.mean() - m)
                var[w] = k * k * (1 / c - 1 / len(H[1]))
        H, B, A = [(d, v - off[d % 7]) for d, v in (H, B, A)]
        p = [(A[0] % 7 == w).mean() - (B[0] % 7 == w).mean() for w in range(7)]
        extra = float(sum(np.square(p) * var))
    blocks = ([H] if len(H[1]) >= 5 else []) + [z for z in (B, A) if len(z[1]) >= 2]
    model = residual_model(blocks, sd0, phi0, slow, floor)
    var, phi = (model["variance"], model["phi"])
    d = np.r_[B[0], A[0]]
    w = np.r_[-np.full(len(B[0]), 1 / len(B[0])), np.full(len(A[0]), 1 / len(A[0]))]
    df = model["df"]
    diff = float(A[1].mean() - B[1].mean())
    half = tq(0.975, df) * math.sqrt(var * (float(w @ corr(d, phi, slow) @ w) + extra))
    return dict(
        plain_difference=plain,
        difference=diff,
        low=diff - half,
        high=diff + half,
        df=df,
        sd=math.sqrt(var),
        phi=phi,
        p=float(2 * stats.t.sf(abs(diff) / (half / tq(0.975, df)), df)),
    )


def person(n, phi, sd, mean, shift, seed, miss=0.1, wk=False, H=75):
    g = np.random.default_rng(seed)
    N = H + 2 * n
    e = np.zeros(N)
    e[0] = g.normal()
    for t in range(1, N):
        e[t] = phi * e[t - 1] + math.sqrt(1 - phi**2) * g.normal()
    day = 20000 + np.arange(N)
    x = mean + sd * e + np.where(np.arange(N) >= H + n, shift, 0) + (np.where(day % 7 == 3, -0.9 * sd, 0) if wk else 0)
    keep = g.random(N) > miss
    o = [[int(d), round(float(v), 3)] for d, v in zip(day, x)]
    return [[q for q, k in zip(o[s:e_], keep[s:e_]) if k] for s, e_ in ((0, H), (H, H + n), (H + n, N))]


SC = [
    (
        "resting heart rate, week on week, +2 bpm",
        person(7, 0.4, 2.3, 54, 2, 1),
        dict(sd0=2.3, phi0=0.4, slow=0.15, floor=1),
    ),
    ("three days", person(3, 0.2, 2.3, 54, 5, 2, 0), dict(sd0=2.3, phi0=0.4, slow=0.15, floor=1)),
    (
        "steps, today missing (6 against 7), Sundays low",
        [*(lambda z: [z[0], z[1], z[2][:-1]])(person(7, 0.1, 2500, 8000, 0, 3, 0, True))],
        dict(sd0=3360.0, phi0=0.1, slow=0.25, floor=960.0, weekday=True),
    ),
    ("new wearer, no history", [[], *person(10, 0.3, 6, 70, 0, 4)[1:]], dict(sd0=8, phi0=0.2, slow=0.2, floor=3)),
    (
        "fourteen days, strong likeness",
        person(14, 0.7, 0.2, 3.8, -0.3, 5),
        dict(sd0=0.18, phi0=0.35, slow=0.1, floor=0.05),
    ),
    (
        "constant values: the floor speaks",
        [
            [[20000 + i, 52.0] for i in range(75)],
            [[20075 + i, 52.0] for i in range(7)],
            [[20082 + i, 53.0] for i in range(7)],
        ],
        dict(sd0=2.3, phi0=0.4, slow=0.15, floor=1),
    ),
]
save(
    "short_comparison",
    "two periods of 3 days or more, spread and likeness from the history of the wearer, shrunk to a population prior",
    "simulation and public daily data, 2026-11",
    [
        dict(name=n, input=dict(history=v[0], before=v[1], after=v[2], **kw), expected=short_comparison(*v, **kw))
        for n, v, kw in SC
    ],
)


# Weekdays
def weekday_test(points):
    d = np.array([p[0] for p in points], int)
    v = np.array([p[1] for p in points], float)
    wk = (d + 3) // 7
    wd = (d + 3) % 7

    def con(inn, lo):
        c = []
        for w in np.unique(wk):
            m = wk == w
            a = m & np.isin(wd, inn)
            b = m & ~np.isin(wd, inn)
            if a.sum() >= 1 and b.sum() >= lo:
                c.append(v[a].mean() - v[b].mean())
        return np.array(c)

    def t(c):
        if len(c) < 6 or c.std(ddof=1) == 0:
            return dict(weeks=len(c), difference=r(c.mean()) if len(c) else None, p=None)
        s = c.std(ddof=1) / math.sqrt(len(c))
        return dict(
            weeks=len(c),
            difference=float(c.mean()),
            low=float(c.mean() - tq(0.975, len(c) - 1) * s),
            high=float(c.mean() + tq(0.975, len(c) - 1) * s),
            p=float(2 * stats.t.sf(abs(c.mean() / s), len(c) - 1)),
            weeks_above=int((c > 0).sum()),
        )

    days = [t(con([w], 4)) for w in range(7)]
    ps = [x["p"] for x in days]
    idx = [i for i in range(7) if ps[i] is not None]
    o = sorted(idx, key=lambda i: ps[i])
    run = 0.0
    for k, i in enumerate(o):
        run = max(run, min(1.0, (len(o) - k) * ps[i]))
        days[i]["p_holm"] = run
    return dict(weekend=t(con([5, 6], 3)), days_monday_first=days)


def wkseries(n, seed, eff, miss=0.1):
    g = np.random.default_rng(seed)
    d = 20000 + np.arange(n)
    x = 90 + 20 * g.normal(size=n) + np.array([eff[(q + 3) % 7] for q in d])
    return [[int(a), round(float(b), 2)] for a, b in zip(d, x) if g.random() > miss]


W = [
    ("no difference, 26 weeks", wkseries(182, 1, [0] * 7)),
    ("low Sundays, 26 weeks", wkseries(182, 2, [0] * 6 + [-25])),
    ("weekends high, 12 weeks", wkseries(84, 3, [0] * 5 + [20, 20])),
    ("four weeks: nothing is said", wkseries(28, 4, [0] * 7)),
    ("only weekdays measured", [p for p in wkseries(120, 5, [0] * 7) if (p[0] + 3) % 7 < 5]),
]
save(
    "weekday_test",
    "one contrast a calendar week (Monday to Sunday): mean of the days in question minus mean of the other days of that week (at least 1 and 3, for a single weekday 1 and 4); one-sample t over the weeks, 6 weeks or more; Holm over the seven weekdays; on the model scale (steps: square root)",
    "paired within weeks, so drift and likeness of neighbours cancel; Holm 1979",
    [dict(name=n, input=v, expected=weekday_test(v)) for n, v in W],
)


# Aggregates
def agg(points, first, last, threshold=None, top=3):
    by = {d: v for d, v in points if v is not None and first <= d <= last}
    days = last - first + 1
    v = np.array([by[d] for d in sorted(by)], float)
    n = len(v)
    o = dict(
        n=n,
        days=days,
        missing=days - n,
        sum=float(v.sum()) if n else None,
        mean=float(v.mean()) if n else None,
        median=float(np.median(v)) if n else None,
        sd=float(v.std(ddof=1)) if n > 1 else None,
        min=r(v.min()) if n else None,
        max=r(v.max()) if n else None,
        min_days=[d for d in sorted(by) if by[d] == v.min()] if n else [],
        max_days=[d for d in sorted(by) if by[d] == v.max()] if n else [],
    )
    if threshold is not None:
        o.update(
            at_least=int((v >= threshold).sum()), above=int((v > threshold).sum()), below=int((v < threshold).sum())
        )
        best = cur = 0
        end = None
        bridged = bc = 0
        gap = 0
        for d in range(first, last + 1):
            if d in by:
                ok = by[d] >= threshold
                cur = cur + 1 if ok else 0
                bc = bc + 1 if ok else 0
                gap = 0
            else:
                cur = 0
                gap += 1
                bc = bc if gap < 2 else 0
            if cur >= best and cur > 0:
                best, end = (cur, d)
            bridged = max(bridged, bc)
        o.update(longest_streak=best, longest_streak_end=end, longest_streak_if_single_gaps_do_not_break=bridged)
    s = sorted(by.items(), key=lambda z: (-z[1], -z[0]))
    cut = s[:top]
    o["top"] = [[d, x] for d, x in cut]
    o["tied_with_last_and_left_out"] = sum((x == cut[-1][1] for _, x in s[top:])) if cut else 0
    return o


P = [
    [20000 + i, x]
    for i, x in enumerate([9000, 12000, 12000, None, 4000, 12000, 12500, 8000, 12000, None, None, 12000, 3000, 10000])
]
G = [
    ("two weeks with gaps and ties", P, 20000, 20013, 10000, 3),
    ("nothing measured", [], 20000, 20006, 10000, 3),
    ("one day", [[20003, 5000]], 20000, 20006, 5000, 3),
    ("threshold met exactly", [[20000 + i, 10000] for i in range(5)], 20000, 20004, 10000, 2),
    ("range longer than the data", P, 19990, 20020, 12000, 5),
]
save(
    "aggregates",
    "plain sums, means, medians, SD (ddof 1, null below 2), extremes with every day that holds them, counts against a threshold (>=, >, <), longest run of calendar days at or above it (a missing day breaks it; also said if single missing days did not), top N by value then newest, with the number of equal values left out",
    "arithmetic",
    [
        dict(name=n, input=dict(points=p, first=a, last=b, threshold=t, top=k), expected=agg(p, a, b, t, k))
        for n, p, a, b, t, k in G
    ],
)


# Ordinary flags
def p_ordinary(z, n):
    return float(2 * stats.t.sf(1.15 * z, min(n - 1, 5)))


save(
    "ordinary_flag_share",
    "share of ordinary days at |z| or beyond: 2*T_sf(1.15*|z|, min(n-1, 5))",
    "fitted to shuffled LifeSnaps days (even half of the people), checked on the odd half",
    [
        dict(name=f"z {z}, n {n}", input=dict(z=z, n=n), expected=p_ordinary(z, n))
        for z, n in ((2, 60), (2.5, 60), (3, 60), (2.5, 14), (4, 30), (2, 5))
    ],
)


# Residual model and months
def irregular(n, phi, sd, seed, miss=0.1, lift=None):
    """[day, value] of n days from 20000 on; lift(day) is added"""
    g = np.random.default_rng(seed)
    e = np.zeros(n)
    e[0] = g.normal()
    for t in range(1, n):
        e[t] = phi * e[t - 1] + math.sqrt(1 - phi**2) * g.normal()
    v = [round(float(50 + sd * x + (lift(20000 + t) if lift else 0)), 1) for t, x in enumerate(e)]
    return [[20000 + t, x] for t, x in enumerate(v) if g.random() >= miss]


def split(points):
    return (np.array([p[0] for p in points]), np.array([p[1] for p in points], float))


M = [
    ("one block without gaps", [irregular(40, 0.4, 2, 1, 0)], (2.3, 0.4, 0.15), 1),
    ("three blocks with missing days", [irregular(n, 0.3, 2, n, 0.2) for n in (60, 14, 9)], (2.3, 0.4, 0.15), 1),
    ("independent days", [irregular(n, 0, 3, n, 0) for n in (30, 30)], (2, 0, 0), 1),
    ("short blocks: no correction", [irregular(4, 0.5, 2, n, 0) for n in (21, 22, 23, 24)], (2.3, 0.4, 0.15), 1),
    ("too few pairs: phi of the prior", [irregular(4, 0.5, 2, 31, 0)], (2.3, 0.4, 0.15), 1),
    ("strong correlation: phi is limited", [irregular(90, 0.99, 2, 41, 0)] * 8, (2.3, 0.9, 0), 1),
    ("constant values: the lower limit of the SD", [[[20000 + t, 50.0] for t in range(20)]], (0.1, 0.4, 0.15), 1),
]
save(
    "residual_model",
    "phi = (30 phi0 + pairs (r - .97 lambda)/(1 - lambda))/(30 + pairs), r corrected (Kendall 1954), 0 to .9; E = sum tr(MR), nu = E^2/sum tr(MRMR) (Satterthwaite 1946); variance = (8 sd0^2 + nu SS/E)/(8 + nu)",
    "matrices in numpy",
    [
        dict(
            name=n,
            input=dict(blocks=b, prior=dict(sd=q[0], phi=q[1], slow_share=q[2]), sd_floor=f),
            expected=residual_model([split(x) for x in b], *q, f),
        )
        for n, b, q, f in M
    ],
)


def month_test(points, sd0, phi0, slow, floor):
    d, v = split(points)
    name = np.array([str(np.datetime64(int(x), "D"))[:7] for x in d])
    own = [m for m in sorted(set(name)) if (name == m).sum() >= 10]
    if len(own) < 2:
        return []
    model = residual_model([(d[name == m], v[name == m]) for m in own], sd0, phi0, max(slow, 0.25), floor)
    R = corr(d, model["phi"], max(slow, 0.25))
    o = []
    for m in own:
        w = np.where(name == m, 1 / (name == m).sum(), -1 / (name != m).sum())
        se = math.sqrt(model["variance"] * float(w @ R @ w))
        half = tq(0.975, model["df"]) * se
        diff = float(w @ v)
        p = float(2 * stats.t.sf(abs(diff) / se, model["df"]))
        o.append(dict(month=m, n=int((name == m).sum()), mean=float(v[name == m].mean()), difference=diff, low=diff - half, high=diff + half, p=p))
    last = 0.0
    for k, i in enumerate(sorted(range(len(o)), key=lambda i: o[i]["p"])):
        last = max(last, min(1.0, (len(o) - k) * o[i]["p"]))
        o[i]["p_holm"] = last
    return o


MT = [
    ("a year without a difference", irregular(366, 0.3, 2, 51), (2.3, 0.4, 0.15), 1),
    ("one month higher", irregular(200, 0.3, 2, 52, 0.1, lambda t: 5 if 20058 <= t <= 20088 else 0), (2.3, 0.4, 0.15), 1),
    ("a short month is not tested", irregular(70, 0.2, 2, 53, 0), (2.3, 0.2, 0.3), 1),
    ("half of the days missing", irregular(300, 0.5, 3, 54, 0.5), (2.3, 0.4, 0.15), 1),
    ("a single month", irregular(25, 0.3, 2, 55, 0), (2.3, 0.4, 0.15), 1),
]
save(
    "month_test",
    "months with at least 10 measured days: mean of the month minus mean of all other days; variance w'Rw of the residual model with lambda >= .25; Student's t; Holm",
    "matrices in numpy, scipy.stats.t; Holm 1979",
    [
        dict(
            name=n,
            input=dict(points=x, prior=dict(sd=q[0], phi=q[1], slow_share=q[2]), sd_floor=f),
            expected=month_test(x, *q, f),
        )
        for n, x, q, f in MT
    ],
)
