"""Models between three and the angle between the ways to them by NumPy in double precision, for BlendedModelTest and
ModelTriangleTest; means, variances and normalised scores over seeds, for BlendMeanTest of crds.

    python interpolation_golden.py models > ../resources/dev/isogloss/trainer/analysis/interpolation.json
    python interpolation_golden.py scores > ../../../../crds/src/test/resources/dev/isogloss/report/interpolation.json
"""

import json
import sys

import numpy as np

random = np.random.default_rng(20220517)
SHAPES = {"embeddings": (7, 5), "layer.weight": (5, 5), "layer.bias": (5,), "classifier": (3, 5)}


def state(around=None, by=1.0):
    """Weights that single precision holds, in double: near others, or anywhere."""
    return {name: (random.normal(size=shape) * by + (0 if around is None else around[name])).astype(np.float32)
            .astype(np.float64) for name, shape in SHAPES.items()}


def flat(weights):
    return np.concatenate([each.ravel() for each in weights.values()])


def geometry(source, target, both):
    s, t = flat(source) - flat(both), flat(target) - flat(both)
    norms = np.linalg.norm(s), np.linalg.norm(t)
    cosine = s @ t / norms[0] / norms[1]
    return {"normSource": norms[0], "normTarget": norms[1], "ratio": norms[0] / norms[1],
            "degrees": np.degrees(np.arccos(cosine))}


def blends(source, target, both):
    s, t, b = flat(source), flat(target), flat(both)
    lines = [{"kind": kind, "a": a, "b": 0.0, "values": (a * b + (1 - a) * end).tolist()}
             for kind, end in [("source", s), ("target", t)] for a in [-0.5, 0.025, 0.5, 0.9, 1.5]]
    planes = [{"kind": "plane", "a": a, "b": c, "values": (b + a * (s - b) + c * (t - b)).tolist()}
              for a, c in [(0.3, 0.7), (-0.5, -0.5), (1.5, 0.2), (0.4, 0.0)]]
    return lines + planes


def case(name, source, target, both):
    models = {"source": source, "target": target, "both": both}
    return {"name": name, "models": {key: {k: v.ravel().tolist() for k, v in each.items()}
                                     for key, each in models.items()},
            "geometry": geometry(source, target, both), "blends": blends(source, target, both)}


def models():
    start = state()
    both = state(start, 1e-3)
    near = case("near each other, as fine-tuned models are", state(both, 2e-4), state(both, 1e-4), both)
    return [case("anywhere", state(), state(), state()), near]


def scores():
    """[seed, alpha] for two lines and two languages, with a model of both that differs from the line's end."""
    alphas, seeds = [-0.5, 0.0, 0.3, 1.0], [1, 2, 3]
    cells = []
    for start in ["source", "target"]:
        for language in ["de", "en"]:
            line = random.uniform(0.2, 0.9, size=(len(seeds), len(alphas)))
            both = random.uniform(0.5, 0.9, size=len(seeds))
            m = both.mean()
            cells.append({"from": start, "language": language, "scores": line.tolist(), "both": both.tolist(),
                          "mean": line.mean(axis=0).tolist(), "normalised": (line.mean(axis=0) / m).tolist(),
                          "variance": (line.var(axis=0, ddof=1) / m).tolist(),
                          "deviation": (line.std(axis=0, ddof=1) / m).tolist()})
    return {"alphas": alphas, "seeds": seeds, "cells": cells}


if __name__ == "__main__":
    json.dump({"models": models, "scores": scores}[sys.argv[1]](), sys.stdout, separators=(",", ":"))
    print()
