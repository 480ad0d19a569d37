"""Paired comparisons by NumPy and SciPy, for PairedComparisonTest.

The bootstrap and the randomisation draw from the same stream of random numbers as the Java program (SplitMix64 over a
folded key, written here a second time), so that their results are equal and not only alike. SciPy adds what needs no
stream: the exact p of all sign flips, and Holm's rule by its definition.

    python comparison_golden.py > ../resources/dev/isogloss/trainer/report/golden.json
"""

import json
import sys

import numpy
from scipy import stats

from selection_golden import below, numbers

RESAMPLES = 500
SEED = 7


def score(num, den):
    """[seed, example] each: the mean over seeds of ratios of sums."""
    return float(numpy.mean(num.sum(axis=1) / den.sum(axis=1)))


def bootstrap(languages):
    stream = numbers(SEED, "bootstrap")
    differences = []
    for _ in range(RESAMPLES):
        total = 0.0
        for (an, ad), (bn, bd) in languages:
            n = an.shape[1]
            sample = [below(stream, n) for _ in range(n)]
            total += score(bn[:, sample], bd[:, sample]) - score(an[:, sample], ad[:, sample])
        differences.append(total / len(languages))
    return numpy.array(differences)


def randomisation(languages, observed):
    stream = numbers(SEED, "randomisation")
    as_far = 0
    for _ in range(RESAMPLES):
        total = 0.0
        for (an, ad), (bn, bd) in languages:
            n = an.shape[1]
            words = [next(stream) for _ in range((n + 63) // 64)]
            swap = numpy.array([bool(words[i // 64] >> (i % 64) & 1) for i in range(n)])
            total += score(numpy.where(swap, an, bn), numpy.where(swap, ad, bd)) - score(
                numpy.where(swap, bn, an), numpy.where(swap, bd, ad)
            )
        if abs(total / len(languages)) >= abs(observed) - 1e-12:
            as_far += 1
    return (1 + as_far) / (1 + RESAMPLES)


def compare(languages):
    a = float(numpy.mean([score(*x) for x, _ in languages]))
    b = float(numpy.mean([score(*y) for _, y in languages]))
    d = bootstrap(languages)
    return {
        "a": a,
        "b": b,
        "low": float(numpy.quantile(d, 0.025)),
        "high": float(numpy.quantile(d, 0.975)),
        "pBootstrap": min(1.0, 2 * min(float(numpy.mean(d <= 1e-12)), float(numpy.mean(d >= -1e-12)))),
        "pRandomisation": randomisation(languages, b - a),
        "effect": 2 * float(numpy.arcsin(numpy.sqrt(b))) - 2 * float(numpy.arcsin(numpy.sqrt(a))),
    }


def exact(languages):
    """All 2^n swaps of one language's answers, by SciPy; for accuracies of one seed."""
    ((an, _), (bn, _)) = languages[0]
    return float(
        stats.permutation_test(
            (an[0], bn[0]),
            lambda x, y, axis: numpy.abs(numpy.mean(y - x, axis=axis)),
            permutation_type="samples",
            n_resamples=numpy.inf,
            alternative="greater",
            vectorized=True,
        ).pvalue
    )


def holm(ps):
    """By the definition: p is adjusted to the least level at which the step-down procedure rejects it."""
    order = numpy.argsort(ps, kind="stable")
    adjusted = [0.0] * len(ps)
    for i in range(len(ps)):
        adjusted[order[i]] = max(min(1.0, (len(ps) - j) * ps[order[j]]) for j in range(i + 1))
    return adjusted


def main():
    chance = numpy.random.default_rng(11)

    def accuracy(seeds, n, p):
        return (2.0 * (chance.random((seeds, n)) < p), numpy.full((seeds, n), 2.0))

    def spans(seeds, n):
        gold = chance.integers(0, 4, (1, n)).repeat(seeds, axis=0)
        predicted = chance.integers(0, 4, (seeds, n))
        correct = numpy.minimum(gold, predicted) * (chance.random((seeds, n)) < 0.8)
        return (2.0 * correct, (gold + predicted).astype(float))

    cases = []
    for name, languages in [
        ("accuracy", [(accuracy(1, 12, 0.4), accuracy(1, 12, 0.8))]),
        ("accuracy", [(accuracy(1, 14, 0.5), accuracy(1, 14, 0.55))]),
        ("accuracy over seeds", [(accuracy(3, 70, 0.6), accuracy(3, 70, 0.7))]),
        ("spans", [(spans(2, 65), spans(2, 65))]),
        ("three languages", [(accuracy(2, 20, 0.5), accuracy(2, 20, 0.6)), (spans(2, 31), spans(2, 31)),
                             (accuracy(2, 64, 0.5), accuracy(2, 64, 0.5))]),
    ]:
        case = {
            "name": name,
            "languages": [
                {"a": [an.tolist(), ad.tolist()], "b": [bn.tolist(), bd.tolist()]} for (an, ad), (bn, bd) in languages
            ],
            **compare(languages),
        }
        if name == "accuracy":
            case["exact"] = exact(languages)
        cases.append(case)
    ps = [[0.01, 0.04, 0.03, 0.005], [0.5, 0.5], [0.2], [0.001, 0.9, 0.9, 0.02, 0.02]]
    json.dump(
        {
            "resamples": RESAMPLES,
            "seed": SEED,
            "cases": cases,
            "holm": [{"p": p, "adjusted": holm(p)} for p in ps],
        },
        sys.stdout,
        separators=(",", ":"),
    )
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
