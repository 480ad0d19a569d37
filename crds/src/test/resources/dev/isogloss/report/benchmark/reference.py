"""What a benchmark's stars rest on, computed by other means: Python's standard library alone.

Draws right and wrong answers of a baseline and three systems (three languages, two seeds, 90 examples each), and writes
beside itself reference.json: the answers; for each system and language, and for the mean over the two targets, the
difference, p of approximate randomisation by 40,000 samples, and p adjusted by Holm's rule, for the single languages of
all systems together and for the means of all systems together.

    python3 reference.py
"""

import json
import pathlib
import random

LANGUAGES = ["en", "de", "fr"]
TARGETS = ["de", "fr"]
SEEDS = [1, 2]
EXAMPLES = 90
SAMPLES = 40_000
# how often each system is right where the baseline is wrong, and wrong where it is right
SYSTEMS = {"near": (0.12, 0.06), "better": (0.40, 0.08), "worse": (0.08, 0.22)}

rng = random.Random(20)


def draw():
    base = {l: [[int(rng.random() < 0.6) for _ in range(EXAMPLES)] for _ in SEEDS] for l in LANGUAGES}
    systems = {"baseline": base}
    for name, (mended, broken) in SYSTEMS.items():
        systems[name] = {
            l: [[int(rng.random() >= broken) if right else int(rng.random() < mended) for right in seed] for seed in base[l]]
            for l in LANGUAGES
        }
    return systems


def differences(a, b):
    """Of each example the sum over seeds of what b gains, over seeds and examples."""
    return [sum(b[s][i] - a[s][i] for s in range(len(SEEDS))) / len(SEEDS) / EXAMPLES for i in range(EXAMPLES)]


def randomisation(columns):
    """columns: of each language, the share of every example in the difference; swapping an example turns its sign."""
    seen = sum(sum(column) for column in columns) / len(columns)
    as_far = 0
    for _ in range(SAMPLES):
        total = 0.0
        for column in columns:
            bits = rng.getrandbits(EXAMPLES)
            for i, share in enumerate(column):
                total += -share if bits >> i & 1 else share
        if abs(total / len(columns)) >= abs(seen) - 1e-12:
            as_far += 1
    return seen, (1 + as_far) / (1 + SAMPLES)


def holm(family):
    """Rejects one after another: the smallest p is held against 1/m of alpha, the next against 1/(m-1), ..."""
    left = sorted(family, key=lambda row: row["p"])
    smallest = 0.0
    while left:
        row = left[0]
        smallest = max(smallest, min(1.0, row["p"] * len(left)))
        row["holm"] = smallest
        left = left[1:]


systems = draw()
rows = []
for name in SYSTEMS:
    by_language = {l: differences(systems["baseline"][l], systems[name][l]) for l in LANGUAGES}
    for column, languages in [(l, [l]) for l in LANGUAGES] + [("average", TARGETS)]:
        difference, p = randomisation([by_language[l] for l in languages])
        rows.append({"system": name, "language": column, "difference": difference, "p": p})
holm([row for row in rows if row["language"] != "average"])
holm([row for row in rows if row["language"] == "average"])
right = {name: {l: ["".join(map(str, seed)) for seed in seeds] for l, seeds in each.items()} for name, each in systems.items()}
text = json.dumps({"right": right, "rows": rows}, indent=1)
pathlib.Path(__file__).with_name("reference.json").write_text(text + "\n")
