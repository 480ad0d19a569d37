"""Affinities, divergences and principal components by scikit-learn, for TSneTest.

    python tsne_golden.py > ../resources/dev/isogloss/trainer/statistics/tsne.json
"""

import json
import sys

import numpy as np
from scipy.spatial.distance import pdist, squareform
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities

random = np.random.default_rng(20220801)


def clusters(count, size, dimensions, spread):
    return np.concatenate([random.normal(8 * random.normal(size=dimensions), spread, (size, dimensions))
                           for _ in range(count)])


def case(name, x, perplexity):
    joint = squareform(_joint_probabilities(squareform(pdist(x, "sqeuclidean")), perplexity, 0))
    maps = [TSNE(method="exact", init=init, perplexity=perplexity, learning_rate="auto", max_iter=1000,
                 random_state=seed).fit(x) for init, seed in [("pca", 0)] + [("random", seed) for seed in range(10)]]
    return {"name": name, "perplexity": perplexity, "x": x.tolist(), "joint": joint[:5].tolist(),
            "divergences": [float(each.kl_divergence_) for each in maps],
            "components": PCA(2, svd_solver="full").fit_transform(x).tolist()}


if __name__ == "__main__":
    turn = random.uniform(0, 3 * np.pi, 60)
    json.dump([
        case("three clusters", clusters(3, 15, 6, 1.0), 10.0),
        case("a cloud", random.normal(size=(40, 10)), 13.0),
        case("a spiral", np.stack([turn * np.cos(turn), turn * np.sin(turn), random.normal(size=60)], 1), 15.0),
        case("few", random.normal(size=(6, 4)), 5 / 3),
        case("pairs", np.repeat(random.normal(size=(12, 5)), 2, 0) + 1e-3 * random.normal(size=(24, 5)), 23 / 3),
        case("fewer points than axes", random.normal(size=(9, 30)), 8 / 3),
    ], sys.stdout, separators=(",", ":"))
    print()
