"""Writes metric/golden.json: random labels and tags with the scores scikit-learn and seqeval give them.

    python metric_golden.py > ../resources/dev/isogloss/trainer/metric/golden.json

Needs scikit-learn and seqeval; the numbers committed were made with scikit-learn 1.9.1 and seqeval 1.2.2.
"""

import json
import random
import sys
import warnings

import seqeval.metrics
import sklearn.metrics

warnings.filterwarnings("ignore")


def classification(rng, labels, used, n):
    gold = [rng.choice(used) for _ in range(n)]
    predicted = [g if rng.random() < 0.6 else rng.choice(used) for g in gold]
    precision, recall, f1, support = sklearn.metrics.precision_recall_fscore_support(
        gold, predicted, labels=range(len(labels)), zero_division=0
    )
    return {
        "labels": labels,
        "gold": gold,
        "predicted": predicted,
        "accuracy": sklearn.metrics.accuracy_score(gold, predicted),
        "macroF1": sklearn.metrics.f1_score(
            gold, predicted, labels=range(len(labels)), average="macro", zero_division=0
        ),
        "precision": list(precision),
        "recall": list(recall),
        "f1": list(f1),
        "support": [int(s) for s in support],
        "confusion": sklearn.metrics.confusion_matrix(gold, predicted, labels=range(len(labels))).tolist(),
    }


def spans(rng, sentences):
    tags = ["O", "O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]
    gold = [[rng.choice(tags) for _ in range(rng.randint(1, 12))] for _ in range(sentences)]
    predicted = [[t if rng.random() < 0.8 else rng.choice(tags) for t in sentence] for sentence in gold]
    report = seqeval.metrics.classification_report(gold, predicted, output_dict=True, zero_division=0)
    return {
        "gold": gold,
        "predicted": predicted,
        "entities": [
            [[kind, first, last + 1] for kind, first, last in seqeval.metrics.sequence_labeling.get_entities(s)]
            for s in predicted
        ],
        "precision": seqeval.metrics.precision_score(gold, predicted),
        "recall": seqeval.metrics.recall_score(gold, predicted),
        "f1": seqeval.metrics.f1_score(gold, predicted),
        "macroF1": seqeval.metrics.f1_score(gold, predicted, average="macro"),
        "accuracy": seqeval.metrics.accuracy_score(gold, predicted),
        "types": {t: float(report[t]["f1-score"]) for t in ("LOC", "ORG", "PER") if t in report},
    }


rng = random.Random(5)
json.dump(
    {
        "classification": [
            classification(rng, ["a", "b", "c"], [0, 1, 2], 40),
            classification(rng, ["a", "b", "c", "absent"], [0, 1, 2], 25),
            classification(rng, ["a", "b"], [1], 5),
        ],
        "spans": [spans(rng, 6), spans(rng, 12)],
    },
    sys.stdout,
    indent=None,
)
