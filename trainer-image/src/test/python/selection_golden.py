"""Outcomes of Algorithm 1 of Yu & Joty (2021) on random tables of predictions, for SelectionGoldenTest.

Written from the paper: sets of unlabelled examples, one pass of the loop after another. The only thing it shares with
the Java program is the generator of random numbers, which is specified (SplitMix64 over a folded key) and written here
a second time.

    python3 selection_golden.py > ../resources/dev/isogloss/trainer/pseudolabel/golden.json
"""

import json
import math
import random
import sys

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def numbers(seed, name, *indices):
    """An endless stream of 64-bit numbers for a seed, a name and indices."""
    key = mix((seed + GAMMA) & MASK)
    for byte in name.encode():
        key = (mix(key ^ byte) + GAMMA) & MASK
    key = (mix(key ^ 0x100) + GAMMA) & MASK
    for index in indices:
        key = (mix(key ^ (index & MASK)) + GAMMA) & MASK
    while True:
        key = (key + GAMMA) & MASK
        yield mix(key)


def below(stream, bound):
    """Evenly from 0 up to bound - 1: draws of 63 bits, those beyond the last multiple of bound thrown away."""
    most = (1 << 63) - 1
    limit = most - (most % bound + 1) % bound
    for draw in stream:
        if draw >> 1 <= limit:
            return (draw >> 1) % bound


def shuffled(stream, n):
    """0 .. n - 1 in random order, built from the left (Fisher and Yates, inside out)."""
    order = []
    for i in range(n):
        j = below(stream, i + 1)
        order.append(i)
        order[i], order[j] = order[j], i
    return order


def co_train(case):
    """Algorithm 1, without the fine-tuning: predictions[round][model][example] = [label, confidence]."""
    models = ("lm", "emb")
    unlabelled = {m: set(range(case["pool"])) for m in models}
    data = {m: [] for m in models}
    rounds = []
    for number, predictions in enumerate(case["predictions"]):
        selected = {}
        for place, m in enumerate(models):
            certain = [x for x in sorted(unlabelled[m]) if predictions[m][x][1] > case["threshold"]]
            most = math.floor(case["labelled"] * case["fraction"] + 1e-9)
            if len(certain) > most:
                order = shuffled(numbers(case["seed"], "select", number, place), len(certain))
                chosen = {certain[i] for i in order[:most]}
            else:
                chosen = set(certain)
            selected[m] = {x: predictions[m][x][0] for x in chosen}
            rounds.append(
                {
                    "round": number,
                    "model": m,
                    "pool": len(unlabelled[m]),
                    "confident": len(certain),
                    "selected": sorted(chosen),
                }
            )
        for m in models:
            unlabelled[m] -= set(selected[m])
            rounds[-2 + models.index(m)]["left"] = sorted(unlabelled[m])
        data["emb"].extend(sorted(selected["lm"].items()))
        data["lm"].extend(sorted(selected["emb"].items()))
    return rounds, data


def table(chance):
    pool = chance.choice([1, 2, 3, 5, 8, 13, 21])
    classes = chance.choice(["ab", "abc", "abcd"])
    # some models never predict one of the classes, and some are sure of nothing, or of everything
    known = classes[1:] if chance.random() < 0.2 else classes
    mood = chance.choice(["plain", "plain", "plain", "timid", "bold", "tied"])
    steps = {"plain": (16, 64), "timid": (8, 24), "bold": (60, 64), "tied": (56, 60)}[mood]
    rounds = chance.randint(1, 4)
    return {
        "pool": pool,
        "labelled": chance.choice([0, 1, 2, 3, 6, 9, 20, 100]),
        "fraction": chance.choice([1 / 3, 1 / 3, 0.5, 1.0, 0.1]),
        "threshold": chance.choice([0.5, 0.75, 0.875, 0.9, 1.0]),
        "seed": chance.randint(0, 1 << 40),
        "predictions": [
            {
                m: [[chance.choice(known), chance.randint(*steps) / 64] for _ in range(pool)]
                for m in ("lm", "emb")
            }
            for _ in range(rounds)
        ],
    }


def main():
    chance = random.Random(20210801)
    cases = []
    for _ in range(200):
        case = table(chance)
        rounds, data = co_train(case)
        cases.append(case | {"rounds": rounds, "learnt": data})
    sys.stdout.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")


if __name__ == "__main__":
    main()
