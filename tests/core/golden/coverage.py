#!/usr/bin/env python3
"""Coverage of 95% intervals for the interquartile mean (IQM) of few seeds: how often they hold the population's IQM.

    python3 coverage.py [TRIALS]      # 4000 by default, a few minutes; needs NumPy and SciPy

Prints the table of docs/decisions/0005-students-levels.md: coverage, and in brackets the median width
relative to the percentile interval's. Independent of the C++ code.
"""

import sys

import numpy as np
from scipy import stats

RESAMPLES = 2000
TAIL = 0.025


def weights(n):
    """Weight of each order statistic in the IQM; a quarter of n that is not whole cuts a value in part."""
    i = np.arange(n)
    return np.clip(np.minimum(i + 1, 0.75 * n) - np.maximum(i, 0.25 * n), 0, None) / (0.5 * n)


def iqm(x):
    return np.sort(x, axis=-1) @ weights(x.shape[-1])


def standard_error(x):
    """Of a trimmed mean, from the Winsorised variance (Tukey & McLaughlin 1963)."""
    n = x.shape[-1]
    cut = n // 4
    w = np.sort(x, axis=-1)
    w[..., :cut] = w[..., cut : cut + 1]
    w[..., n - cut :] = w[..., n - cut - 1 : n - cut]
    return w.std(axis=-1, ddof=1) / (0.5 * np.sqrt(n))


def percentile(x, replicates, _):
    return np.quantile(replicates, [TAIL, 1 - TAIL])


def student(x, replicates, _):
    """Percentile interval at the levels Phi(t): what core/bootstrap does."""
    tail = stats.norm.cdf(stats.t.ppf(TAIL, len(x) - 1))
    return np.quantile(replicates, [tail, 1 - tail])


def expanded(x, replicates, _):
    """Percentile interval at the levels of Hesterberg 2015: Phi(sqrt(n / (n - 1)) t)."""
    n = len(x)
    tail = stats.norm.cdf(np.sqrt(n / (n - 1)) * stats.t.ppf(TAIL, n - 1))
    return np.quantile(replicates, [tail, 1 - tail])


def bca(x, replicates, _):
    """Bias-corrected and accelerated (Efron 1987)."""
    value = iqm(x)
    share = np.clip((np.mean(replicates < value) + np.mean(replicates <= value)) / 2, 1e-4, 1 - 1e-4)
    shift = stats.norm.ppf(share)
    left_out = iqm(np.array([np.delete(x, i) for i in range(len(x))]))
    d = left_out.mean() - left_out
    squares = np.sum(d**2)
    acceleration = np.sum(d**3) / (6 * squares**1.5) if squares > 0 else 0.0
    z = shift + stats.norm.ppf([TAIL, 1 - TAIL])
    return np.quantile(replicates, stats.norm.cdf(shift + z / (1 - acceleration * z)))


def studentised(x, replicates, errors):
    """Bootstrap-t with the Winsorised standard error."""
    usable = errors > 0
    if not usable.any():
        return percentile(x, replicates, errors)
    t = np.quantile((replicates[usable] - iqm(x)) / errors[usable], [1 - TAIL, TAIL])
    return iqm(x) - t * standard_error(x)


def tukey(x, *_):
    """No bootstrap: Student's t with the degrees of freedom of the values that are left."""
    n = len(x)
    t = stats.t.ppf(1 - TAIL, n - 2 * (n // 4) - 1)
    return iqm(x) + np.array([-t, t]) * standard_error(x)


METHODS = [percentile, student, expanded, bca, studentised, tukey]


def normal(rng, n):
    return rng.standard_normal(n)


def heavy(rng, n):
    return rng.standard_t(2, n)


def bounded(rng, n):
    return 500 * rng.beta(4, 1, n)


def failing(rng, n):
    fails = rng.random(n) < 0.125
    return np.where(fails, rng.uniform(10, 200, n), np.minimum(500, rng.normal(450, 20, n)))


SCORES = [
    ("normal", normal),
    ("Student's t, 2 degrees", heavy),
    ("500 Beta(4, 1)", bounded),
    ("one run in 8 fails", failing),
]


def simulate(draw, n, trials, rng):
    truth = iqm(draw(np.random.default_rng(1), 4_000_000))
    covered = np.zeros(len(METHODS))
    widths = np.empty((trials, len(METHODS)))
    for trial in range(trials):
        x = draw(rng, n)
        resamples = x[rng.integers(n, size=(RESAMPLES, n))]
        replicates, errors = iqm(resamples), standard_error(resamples)
        for m, method in enumerate(METHODS):
            low, high = method(x, replicates, errors)
            covered[m] += low <= truth <= high
            widths[trial, m] = high - low
    widths = np.median(widths, axis=0)
    return covered / trials, widths / widths[0]


def relative(width):
    return f"{width:.2f}" if width < 10 else "wild"


def main():
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    print("| scores | n | " + " | ".join(m.__name__ for m in METHODS) + " |")
    print("|---|---|" + "---|" * len(METHODS))
    rng = np.random.default_rng(0)
    for name, draw in SCORES:
        for n in (3, 5, 10, 20):
            rates, widths = simulate(draw, n, trials, rng)
            cells = " | ".join(f"{100 * r:.1f}% ({relative(w)})" for r, w in zip(rates, widths))
            print(f"| {name} | {n} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
