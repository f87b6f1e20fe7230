"""Reference numbers for the tail of a search, by opda's noisy quadratic distribution (Lourie, Cho & He; Apache-2.0).

pip install opda==0.8.0, then: python libs/statistics/test/write-opda-tail.py > libs/statistics/test/opda-tail.json
"""

import json

import numpy as np
from opda import parametric
from scipy import integrate, stats

cases = []
for c in range(1, 11):
    for o in (0.0, 0.01, 0.03, 0.08):
        # Far from its other end: there the distribution is its tail.
        ys = [0.2, 0.35] if o == 0 else [0.2 + z * o for z in (-2.0, -1.0, 0.0, 1.0, 3.0)] + [0.45]
        made = (
            parametric.QuadraticDistribution(0.2, 1.5, c, convex=True)
            if o == 0
            else parametric.NoisyQuadraticDistribution(0.2, 1.5, c, o, convex=True)
        )
        # opda approximates half powers under noise, to about 1e-5; an integral over the height knows better.
        exact = [
            made.cdf(y)
            if o == 0
            else integrate.quad(
                lambda r: c * r ** (c - 1) * stats.norm.cdf((y - 0.2 - 1.3 * r * r) / o),
                0,
                1,
                epsabs=1e-13,
                epsrel=1e-12,
                limit=500,
                points=[float(np.sqrt(max(0.0, y - 0.2) / 1.3))],
            )[0]
            for y in ys
        ]
        cases.append({"a": 0.2, "b": 1.5, "c": c, "o": o, "ys": ys, "cdf": list(map(float, made.cdf(np.array(ys)))), "exact": list(map(float, exact))})

print(json.dumps({"made": "opda 0.8.0, Apache-2.0", "cases": cases}, indent=1))
