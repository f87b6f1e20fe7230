"""Writes scipy.json, what the tests of this room compare with. In any virtual environment:

    python3 -m venv .venv && .venv/bin/pip install scipy==1.17.1 mpmath
    .venv/bin/python libs/statistics/test/write-scipy.py
"""

import json
import math
from itertools import product
from pathlib import Path

import mpmath
import numpy
import scipy
from scipy import fft, special, stats

DEGREES = [0.5, 1, 2, 3.7, 4, 8, 30, 1000, 1e6]
TAILS = [1e-200, 1e-30, 1e-9, 1e-4, 0.0025, 0.025, 0.1, 0.4, 0.4999, 0.5000001, 0.6, 0.9, 0.975, 0.9999]
RANDOM = numpy.random.default_rng(20)


def finite(rows):
    """Rows of arguments with the value last; what SciPy cannot tell, or a double hardly holds, is left out."""
    return [[float(x) for x in row] for row in rows if math.isfinite(row[-1]) and abs(row[-1]) > 1e-290]


def table(of, *arguments):
    return finite([*row, of(*row)] for row in product(*arguments))


def log_beta(a, b):
    """By 50 digits: SciPy's own has eleven where an argument is a million."""
    with mpmath.workdps(50):
        return float(mpmath.log(mpmath.beta(mpmath.mpf(a), mpmath.mpf(b))))


def t_quantile(p, df):
    """NaN where SciPy's does not lead back to p: far out in few tails, and close to the middle."""
    t = stats.t.ppf(p, df)
    ratio = t * t / df
    if abs(p - 0.5) < 0.2:
        back, wanted = special.betainc(0.5, df / 2, ratio / (1 + ratio)), 2 * abs(p - 0.5)
    else:
        back, wanted = 2 * stats.t.sf(abs(t), df), 2 * min(p, 1 - p)
    return t if abs(back / wanted - 1) < 1e-10 else math.nan


def welch(a, b, level):
    found = stats.ttest_ind(a, b, equal_var=False)
    interval = found.confidence_interval(level)
    return {
        "a": a,
        "b": b,
        "level": level,
        "difference": float(numpy.mean(a) - numpy.mean(b)),
        "p": float(found.pvalue),
        "df": float(found.df),
        "low": float(interval.low),
        "high": float(interval.high),
    }


def least_squares(columns, y):
    """By SciPy's solver of another kind (singular values); standard errors by the textbook's formula."""
    norms = numpy.linalg.norm(columns, axis=1)
    x = numpy.array(columns, float).T / norms
    solution, *_ = scipy.linalg.lstsq(x, numpy.array(y, float))
    residuals = y - x @ solution
    variance = residuals @ residuals / (len(y) - len(columns))
    errors = numpy.sqrt(variance * numpy.diag(scipy.linalg.inv(x.T @ x))) / norms
    return {
        "columns": columns,
        "y": y,
        "coefficients": (solution / norms).tolist(),
        "residualSquares": float(residuals @ residuals),
        "standardErrors": errors.tolist(),
    }


def polynomial(n):
    at = numpy.linspace(0, 1, n)
    columns = [numpy.ones(n), at, at**2, RANDOM.random(n)]
    return least_squares([column.tolist() for column in columns], RANDOM.normal(size=n).tolist())


def normal(n, scale=1.0):
    return (scale * RANDOM.normal(size=n)).round(6).tolist()


samples = [[1.0], [2.0, 1.0], [3.0, 1.0, 3.0, 2.0], normal(7), normal(40), [1e300, -1e300, 1.0], [1e-300, 2e-300, 5e-300]]
pairs = [(normal(12), normal(12)), ([1.0, 2.0, 2.0, 3.0], [4.0, 4.0, 4.0, 1.0]), ([1.0, 2.0, 3.0], [10.0, 20.0, 1e9])]
series = [normal(n) for n in (1, 2, 3, 8, 41, 97)]

def kendall(a, b):
    """Without ties; p is two-sided and exact."""
    found = stats.kendalltau(a, b, method="exact")
    return {"a": a, "b": b, "tau": float(found.statistic), "p": float(found.pvalue)}


def paired(differences):
    """Fisher's randomisation test: all sign patterns of the differences, one-sided."""
    found = stats.permutation_test(
        (differences,), numpy.sum, permutation_type="samples", alternative="greater", n_resamples=numpy.inf
    )
    return {"differences": differences, "p": float(found.pvalue)}


def mcnemar(first, second):
    """The exact test: how the examples split that one side alone has right."""
    return [first, second, float(stats.binomtest(first, first + second, 0.5).pvalue)]


vectors = {
    "source": f"SciPy {scipy.__version__} (logBeta, logChoose: mpmath {mpmath.__version__}), by write-scipy.py",
    "logGamma": table(special.gammaln, [1e-300, 1e-8, 0.1, 0.5, 1.5, 3, 9.99, 10, 171, 1e5, 1e12]),
    "logBeta": table(log_beta, [1e-8, 0.5, 1, 3, 9, 10, 500, 1e8], [1e-8, 0.5, 2, 10, 40, 1e6]),
    "logChoose": finite(
        [n, k, -log_beta(n - k + 1, k + 1) - math.log(n + 1)] for n, k in [(5, 2), (60, 30), (1000, 3), (1e6, 1234)]
    ),
    "incompleteBeta": table(
        lambda x, a, b: special.betainc(a, b, x),
        [1e-30, 0.001, 0.02, 0.1, 0.3, 0.5, 0.9, 0.999],
        [0.25, 0.5, 1.5, 2, 10, 150, 1e4],
        [0.25, 0.5, 1, 3, 20, 300, 1e4],
    ),
    "studentTwoSided": table(lambda t, df: 2 * stats.t.sf(t, df), [1e-10, 0.1, 1, 2.5, 7, 40, 1e4, 1e20, 1e60], DEGREES),
    "studentUpper": table(stats.t.sf, [-1e5, -30, -2, -0.001, 0, 0.001, 0.7, 3, 38, 1e5], DEGREES),
    "studentQuantile": table(t_quantile, TAILS, DEGREES),
    "fUpper": table(
        stats.f.sf, [1e-12, 0.01, 0.5, 1, 3, 20, 1e3, 1e12], [1, 2, 5, 40, 1e4], [1, 3, 12, 200, 1e5]
    ),
    "normalUpper": table(stats.norm.sf, [-38, -8, -2, -0.3, 0, 1e-9, 0.3, 1, 2.999, 3, 3.001, 5, 8, 20, 36]),
    "normalQuantile": table(stats.norm.ppf, [1e-300, 1e-50, *TAILS, 0.02424, 0.02426]),
    "binomialUpper": finite(
        [x, n, p, stats.binom.sf(x - 1, n, p)]
        for x, n, p in [(0, 5, 0.3), (2, 3, 0.5), (6, 5, 0.3), (9, 10, 0.01), (40, 60, 0.1), (300, 2000, 0.2), (1, 4, 1e-9)]
    ),
    "hypergeometricUpper": finite(
        [x, drawn, marked, total, stats.hypergeom.sf(x - 1, total, marked, drawn)]
        for x, drawn, marked, total in [(2, 2, 2, 4), (0, 3, 2, 9), (5, 8, 6, 40), (20, 30, 40, 300), (30, 30, 60, 2000)]
    ),
    "summary": [
        {
            "values": values,
            "mean": float(numpy.mean(values)),
            "variance": float(numpy.var(values, ddof=1)) if 1 < len(values) and max(values) < 1e100 else None,
            "quantiles": [[p, float(numpy.quantile(values, p, method="linear"))] for p in (0, 0.05, 0.25, 0.5, 0.84, 1)],
            "ranks": stats.rankdata(values).tolist(),
        }
        for values in samples
    ],
    "rankCorrelation": [{"a": a, "b": b, "rho": float(stats.spearmanr(a, b).statistic)} for a, b in pairs],
    "kendall": [
        kendall([1, 2, 3, 4, 5], [1, 2, 3, 5, 4]),
        kendall([0.3, 0.1, 0.2, 0.7, 0.5, 0.4], [0.3, 0.2, 0.1, 0.6, 0.7, 0.4]),
        kendall([3, 1, 4, 1.5, 5, 9, 2, 6], [2, 7, 1, 8, 2.5, 0, 4, 5]),
        kendall(list(range(12)), [3, 0, 1, 2, 7, 5, 4, 6, 8, 11, 9, 10]),
    ],
    "welch": [
        welch([0.05, 0.052, 0.051, 0.049, 0.05], [0.06, 0.061, 0.0605, 0.059, 0.062], 0.95),
        welch([3.1, 2.7, 9.4], [4.0, 4.4, 3.9, 4.6, 4.1, 4.2], 0.99),
        welch(normal(3, 1e-9), normal(4, 1e3), 0.95),
        welch(normal(30), normal(2), 0.9),
        welch([1e8 + 1, 1e8 + 2, 1e8 + 4], [1e8, 1e8 + 1, 1e8 + 1.5], 0.9875),
    ],
    "leastSquares": [
        least_squares([[1.0] * 5, [0.0, 1.0, 2.0, 3.0, 4.0]], [1.0, 3.0, 5.0, 7.0, 10.0]),
        polynomial(12),
        polynomial(60),
        least_squares([[1e-6] * 6, [1e9 * i for i in range(6)]], normal(6)),
    ],
    "powers": [
        {"values": values, "powers": (numpy.abs(fft.rfft(values)) ** 2 / len(values)).tolist()} for values in series
    ],
    "oneWay": [
        {"groups": groups, "p": float(stats.f_oneway(*groups).pvalue)}
        for groups in [[[1.0, 2.0, 4.0], [2.0, 3.0], [9.0, 7.0, 8.0]], [normal(9), normal(4), normal(17)]]
    ],
    "paired": [
        paired([0.4, 0.1, -0.2, 0.7, 0.05]),
        paired([3.0, 2.0, 2.0, 1.0, -1.0, -2.0, 4.0]),
        paired([round(0.5 + x, 6) for x in normal(8)]),
        paired([round(0.3 + x, 6) for x in normal(12)]),
        paired([round(0.2 + x, 6) for x in normal(16)]),
    ],
    "mcnemar": [mcnemar(*row) for row in [(9, 2), (2, 9), (5, 5), (1, 0), (40, 21), (300, 240), (0, 12)]],
}

Path(__file__).with_name("scipy.json").write_text(json.dumps(vectors, indent=1) + "\n")
