"""Writes analysis/distances.json: maximum mean discrepancy and linear centred kernel alignment of random features.

    python distances_golden.py > ../resources/dev/isogloss/trainer/analysis/distances.json

Needs NumPy. MMD is taken over all pairs of points, CKA from centred n-by-n kernels (its definition by HSIC), where the
code works with d-by-d products.
"""

import json
import sys

import numpy as np


def distances(a, b):
    return np.sqrt(((a[:, None, :] - b[None, :, :]) ** 2).sum(-1))


def mmd(x, y):
    both = np.concatenate([x, y])
    sigma = np.median(distances(both, both)[np.triu_indices(len(both), 1)])
    kernel = lambda a, b: np.exp(-distances(a, b) ** 2 / (2 * sigma**2)).mean()
    return float(np.sqrt(kernel(x, x) + kernel(y, y) - 2 * kernel(x, y)))


def cka(x, y):
    n = len(x)
    h = np.eye(n) - 1 / n
    hsic = lambda k, l: np.trace(k @ h @ l @ h)
    k, l = x @ x.T, y @ y.T
    return float(hsic(k, l) / np.sqrt(hsic(k, k) * hsic(l, l)))


rng = np.random.default_rng(14)
cases = []
for n, m, d, apart in [(5, 7, 3, 0.0), (8, 8, 4, 1.0), (12, 3, 6, 0.3), (2, 1, 2, 2.0), (30, 30, 5, 0.1)]:
    x = np.round(rng.normal(size=(n, d)) + 3, 6)
    noise = rng.normal(size=(m, d))
    y = np.round(x[:m] @ rng.normal(size=(d, d)) + apart + noise if m <= n else 3 + apart + noise, 6)
    case = {"x": x.tolist(), "y": y.tolist(), "mmd": mmd(x, y)}
    if n == m:
        case["cka"] = cka(x, y)
    cases.append(case)
json.dump(cases, sys.stdout, separators=(",", ":"))
print()
