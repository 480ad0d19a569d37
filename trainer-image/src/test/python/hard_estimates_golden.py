"""Writes method/iwda/hard-estimates.json: first estimates that are hard to make, and how well SciPy fits them.

    python hard_estimates_golden.py > ../resources/dev/isogloss/trainer/method/iwda/hard-estimates.json

Needs numpy and scipy; the numbers committed were made with scipy 1.17.1.

Counts, as a first pass has them: classes that are never predicted, columns that (nearly) repeat another, classes with
one example in ten thousand, up to 17 classes. The least of |Cw - t|^2 over w >= 0, p.w = 1 is found as follows. With
u = p*w and M = (columns of C, divided by p) - t, it is the least of |Mu|^2 over u >= 0, 1.u = 1, and the direction of
that u is the one of min |Mv|^2 + (1.v - 1)^2 over v >= 0, for v = s*u has the value m/(1 + m) at its best s, which
grows with m = |Mu|^2. The latter is `scipy.optimize.nnls`.
"""

import json
import sys

import numpy as np
from scipy.optimize import nnls


def conditional(rng, k):
    accuracy = rng.random()
    columns = accuracy * np.eye(k) + (1 - accuracy) * rng.dirichlet(np.ones(k), size=k).T
    for _ in range(rng.integers(0, 4)):
        a, b = rng.integers(0, k, 2)
        other = rng.choice([0, 1e-6, 1e-3])
        columns[:, b] = (1 - other) * columns[:, a] + other * rng.dirichlet(np.ones(k))
    for _ in range(rng.integers(0, k // 2 + 1)):
        never, instead = rng.integers(0, k, 2)
        if never != instead:
            columns[instead] += columns[never]
            columns[never] = 0
    return columns


def counts(rng):
    k = int(rng.integers(2, 18))
    p = rng.dirichlet(np.ones(k))
    p[rng.random(k) < 0.3] = 1e-4
    columns = conditional(rng, k)
    source = np.maximum(1, np.round(p / p.sum() * 100_000))
    confusion = np.round(columns * source)
    shares = columns @ rng.dirichlet(np.ones(k))
    mix = rng.random() * rng.integers(0, 2)
    prediction = np.round(((1 - mix) * shares + mix * rng.dirichlet(np.ones(k))) * 20_000)
    return confusion, prediction


def least(confusion, prediction):
    c, t = confusion / confusion.sum(), prediction / prediction.sum()
    p = c.sum(0)
    m = c / p - t[:, None]
    v, _ = nnls(np.vstack([m, np.ones(len(p))]), np.append(np.zeros(len(t)), 1), maxiter=10_000)
    u = v / v.sum()
    slope = m.T @ (m @ u)
    assert slope @ u - slope.min() < 1e-12, slope
    return float(((m @ u) ** 2).sum())


def main():
    rng = np.random.default_rng(1)
    cases = []
    while len(cases) < 100:
        confusion, prediction = counts(rng)
        if (confusion.sum(0) == 0).any():
            continue
        case = {"confusion": confusion.astype(int).tolist(), "prediction": prediction.astype(int).tolist()}
        cases.append(case | {"least": least(confusion, prediction)})
    sys.stdout.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")


if __name__ == "__main__":
    main()
