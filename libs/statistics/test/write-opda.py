"""Reference numbers for order bands and tuning curves, by opda (Lourie, Cho & He; Apache-2.0).

pip install opda==0.8.0, then: python libs/statistics/test/write-opda.py > libs/statistics/test/opda.json
"""

import json
import warnings

import numpy as np
from opda import nonparametric, utils

warnings.simplefilter("ignore")
cases = []
for n, miss in ((1, 0.05), (5, 0.0123), (16, 0.0054499790080945), (48, 0.003)):
    ranks = np.arange(1, n + 1)
    low, high = utils.beta_equal_tailed_interval(ranks, n + 1 - ranks, 1 - miss)
    values = np.sort(np.random.default_rng(n).gamma(2.0, size=n))
    extended = np.concatenate([[-np.inf], values, [np.inf]])
    efforts = [1, 2, 3, 5, 8, 16, 40]

    def curve(cumulative):
        weights = np.diff(cumulative, prepend=[0.0], append=[1.0])
        points = nonparametric.EmpiricalDistribution(extended, ws=weights, a=-np.inf, b=np.inf)
        found = points.quantile_tuning_curve(efforts, q=0.5, minimize=True)
        return [None if not np.isfinite(value) else float(value) for value in found]

    middle = nonparametric.EmpiricalDistribution(values, a=-np.inf, b=np.inf)
    # The lower band of the distribution is the upper one of the best loss.
    cases.append({
        "n": n,
        "miss": miss,
        "low": list(map(float, low)),
        "high": list(map(float, high)),
        "values": list(map(float, values)),
        "efforts": efforts,
        "median": list(map(float, middle.quantile_tuning_curve(efforts, q=0.5, minimize=True))),
        "worst": curve(np.concatenate([[0.0], low])),
        "best": curve(np.concatenate([high, [1.0]])),
    })

ks = []
for n in (5, 16, 48):
    for epsilon in (0.15, 0.2, 0.3):
        from scipy import stats

        ks.append({"n": n, "epsilon": epsilon, "chance": float(stats.kstwo(n).cdf(epsilon))})

simulated = []
for n in (5, 16, 48):
    low, high = nonparametric._ld_band_weights(
        n, 0.95, "equal_tailed", np.random.default_rng(n), n_trials=400_000, n_jobs=1
    )
    simulated.append({"n": n, "level": 0.95, "lowest": float(low[1]), "highest": float(high[0])})

print(json.dumps({"made": "opda 0.8.0, Apache-2.0", "cases": cases, "ks": ks, "simulated": simulated}, indent=1))
