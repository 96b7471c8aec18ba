#!/usr/bin/env python3
"""Golden numbers for core/bootstrap and core/significance from SciPy and NumPy: writes the JSON files beside it.

    python3 make.py                   # SciPy 1.10.1, NumPy 1.24.2

An end of a bootstrap interval is given as a range [q(tail - d), q(tail + d)] of the replicates' quantiles, d five
standard errors of the tail's estimate from RESAMPLES there and CHECKED replicates in the test.
"""

import json
from pathlib import Path

import numpy as np
from scipy import optimize, special, stats

RESAMPLES = 200_000
CHECKED = 20_000
HERE = Path(__file__).parent


def iqm(x):
    """Each value four times, so that a quarter of the count is whole."""
    return stats.trim_mean(np.repeat(x, 4, axis=-1), 0.25, axis=-1)


def student_tail(degrees, tail=0.025):
    """By root finding: stats.t.ppf of SciPy 1.10 is good to ten digits only."""
    t = optimize.brentq(lambda x: special.stdtr(degrees, x) - tail, -100, 0, xtol=1e-15, rtol=1e-15)
    return stats.norm.cdf(t)


def tail_of(strata):
    return student_tail(min(map(len, strata)) - 1)


def ends(replicates, tail):
    d = 5 * np.sqrt(tail * (1 - tail) * (1 / RESAMPLES + 1 / CHECKED))
    low = np.quantile(replicates, [max(0, tail - d), tail + d])
    high = np.quantile(replicates, [1 - tail - d, min(1, 1 - tail + d)])
    return {"low": low.tolist(), "high": high.tolist()}


def resample(strata, rng):
    """[resamples, runs] of each stratum."""
    return [np.asarray(s)[rng.integers(len(s), size=(RESAMPLES, len(s)))] for s in strata]


def interquartile(strata, rng):
    pooled = np.concatenate(strata)
    replicates = iqm(np.concatenate(resample(strata, rng), axis=1))
    if len(strata) == 1:
        replicates = stats.bootstrap((pooled,), iqm, n_resamples=RESAMPLES, method="percentile", random_state=rng)
        replicates = replicates.bootstrap_distribution
    return {"scores": strata, "value": iqm(pooled), **ends(replicates, tail_of(strata))}


def improvement(x, y, rng):
    def probability(a, b):
        return stats.mannwhitneyu(a, b).statistic / (len(a) * len(b))

    replicates = np.zeros(RESAMPLES)
    for a, b in zip(resample(x, rng), resample(y, rng)):
        wins = (a[:, :, None] > b[:, None, :]) + 0.5 * (a[:, :, None] == b[:, None, :])
        replicates += wins.mean(axis=(1, 2)) / len(x)
    value = np.mean([probability(a, b) for a, b in zip(x, y)])
    return {"x": x, "y": y, "value": value, **ends(replicates, min(tail_of(x), tail_of(y)))}


def profile(strata, thresholds, rng):
    def share(columns, threshold):
        return np.mean([np.mean(c > threshold, axis=-1) for c in columns], axis=0)

    resampled = resample(strata, rng)
    points = []
    for threshold in thresholds:
        value = share([np.asarray(s) for s in strata], threshold)
        points.append({"value": float(value), **ends(share(resampled, threshold), tail_of(strata))})
    return {"scores": strata, "thresholds": thresholds, "points": points}


def sign_flip(d):
    d = np.asarray(d)
    if len(d) <= 16:
        test = stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf, vectorized=True)
        return {"differences": d.tolist(), "p": test.pvalue}
    sums = np.zeros(1)
    for value in d:
        sums = np.concatenate([sums + value, sums - value])
    return {"differences": d.tolist(), "p": np.mean(np.abs(sums) >= abs(d.sum()) * (1 - 1e-12))}


def signed_rank(d):
    """SciPy's exact test; with ties, which it does not take, sign flips of SciPy's ranks."""
    d = np.asarray(d)
    sizes = np.abs(d[d != 0])
    if len(set(sizes)) == len(d):
        return {"differences": d.tolist(), "p": stats.wilcoxon(d, mode="exact").pvalue}
    p = sign_flip(np.sign(d[d != 0]) * stats.rankdata(sizes))["p"]
    return {"differences": d.tolist(), "p": p}


def holm(p):
    p = np.asarray(p)
    adjusted = [max(min(1, (len(p) - np.sum(p < q)) * q) for q in p[p <= value]) for value in p]
    return {"p": p.tolist(), "adjusted": adjusted}


def scores(rng, sizes, shift=0.0):
    return [np.round(rng.normal(5 * k + shift, 3, n), 1).tolist() for k, n in enumerate(sizes)]


def write(name, content):
    (HERE / name).write_text(json.dumps(content, indent=1) + "\n")


def main():
    rng = np.random.default_rng(20)
    layouts = [[4], [5], [7], [10], [20], [5, 5, 5], [6, 9, 12]]
    write("interquartile_mean.json", [interquartile(scores(rng, sizes), rng) for sizes in layouts])
    pairs = [([8], [8]), ([5], [9]), ([6, 7], [6, 7]), ([4, 5, 6], [6, 5, 4])]
    write("improvement.json", [improvement(scores(rng, a, 1.5), scores(rng, b), rng) for a, b in pairs])
    thresholds = [-10.0, 0.0, 1.5, 3.0, 5.0, 8.0, 30.0]
    write("profile.json", [profile(scores(rng, sizes), thresholds, rng) for sizes in ([10], [5, 8])])
    differences = [rng.normal(m, 1, n) for n, m in [(3, 2), (5, 1), (8, 0.5), (12, 0.6), (16, -0.7), (20, 0.5)]]
    differences.append(np.array([1.0, 1.0, -1.0, 1.0, 0.0, 2.0, 1.0]))
    write("sign_flip.json", [sign_flip(d) for d in differences])
    write("signed_rank.json", [signed_rank(d) for d in differences])
    write("holm.json", [holm(p) for p in ([0.01, 0.04, 0.03], [0.2, 0.001, 0.2, 0.9, 0.02], [0.05])])
    tails = [{"degrees": d, "tail": student_tail(d)} for d in (1, 2, 4, 9, 19, 27, 999)]
    write("student_tail.json", tails)


if __name__ == "__main__":
    main()
