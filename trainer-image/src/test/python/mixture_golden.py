"""Writes statistics/mixture.json: fifty sets of losses with the mixture of two normal distributions that scikit-learn fits.

    python mixture_golden.py > ../resources/dev/isogloss/trainer/statistics/mixture.json

scikit-learn starts at random groups; here it is given the best division of the line into two groups, found by trying
all of them. Needs NumPy and scikit-learn; the numbers committed were made with scikit-learn 1.9.1 and NumPy 2.
"""

import json
import random
import sys
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore", category=ConvergenceWarning)


def division(values):
    """The split of the sorted values with the least sum of squares around the two means."""
    candidates = [k for k in range(1, len(values)) if values[k - 1] < values[k]]
    return min(candidates, key=lambda k: values[:k].var() * k + values[k:].var() * (len(values) - k))


def fitted(values):
    values = np.sort(np.array(values))
    k = division(values)
    groups = values[:k], values[k:]
    model = GaussianMixture(
        2,
        tol=1e-5,
        reg_covar=1e-5,
        weights_init=[len(g) / len(values) for g in groups],
        means_init=[[g.mean()] for g in groups],
        precisions_init=[[[1 / (g.var() + 1e-5)]] for g in groups],
    ).fit(values[:, None])
    order = np.argsort(model.means_[:, 0], kind="stable")
    posterior = model.predict_proba(values[:, None])[:, order[0]]
    return {
        "values": values.tolist(),
        "weights": model.weights_[order].tolist(),
        "means": model.means_[order, 0].tolist(),
        "variances": model.covariances_[order, 0, 0].tolist(),
        "rounds": int(model.n_iter_),
        "lower": posterior.tolist(),
    }


def losses(rng, case):
    """Cross-entropies as a model leaves them: most of them small, a tail of doubtful ones, some cases degenerate."""
    n = rng.choice([2, 3, 4, 7, 20, 60, 150])
    match case % 5:
        case 0:  # two groups, apart
            made = [rng.expovariate(30) if rng.random() < 0.7 else abs(rng.gauss(1.2, 0.3)) for _ in range(n)]
        case 1:  # one group only
            made = [abs(rng.gauss(0.4, 0.1)) for _ in range(n)]
        case 2:  # nearly all values equal
            made = [0.01] * (n - 1) + [rng.uniform(0.02, 3)]
        case 3:  # a few distinct values, many ties
            made = [rng.choice([0.0, 0.105361, 0.693147]) for _ in range(n)] + [0.0, 0.693147]
        case _:  # a narrow and a wide one over each other
            made = [abs(rng.gauss(0.5, 0.02 if rng.random() < 0.5 else 0.4)) for _ in range(n)]
    return [round(value, 6) for value in made]


rng = random.Random(20)
cases = []
while len(cases) < 50:
    values = losses(rng, len(cases))
    if len(set(values)) > 1:
        cases.append(fitted(values))
json.dump(cases, sys.stdout, separators=(",", ":"))
print()
