"""Attachment scores by the definition of the CoNLL 2018 shared task's evaluation, for AttachmentTest and by hand.

A word is right (UAS) if its head is the gold head, and (LAS) if its relation is right as well, of which only the part
before the colon is compared. All words count there, punctuation too; Wu et al. 2022 leave out words whose gold part of
speech is PUNCT or SYM. With the gold tokens and words, precision, recall and F1 are the same number.

    python attachment_golden.py > ../resources/dev/isogloss/trainer/metric/attachment.json
    python attachment_golden.py TREEBANK.conllu PREDICTIONS.jsonl       # scores of `predictions/` of an evaluation
"""

import json
import random
import sys

RELATIONS = ["nsubj", "nsubj:pass", "obj", "punct", "root", "obl:tmod", "aux", "aux:pass", "det"]
TAGS = ["NOUN", "VERB", "PUNCT", "SYM", "DET", "X"]


def universal(relation):
    return relation.split(":", 1)[0]


def scores(sentences, counted):
    """A sentence: (gold, system, tags); gold and system a list of (head, relation)."""
    words = uas = las = 0
    for gold, system, tags in sentences:
        for (gold_head, gold_relation), (head, relation), tag in zip(gold, system, tags, strict=True):
            if not counted(tag):
                continue
            words += 1
            if head == gold_head:
                uas += 1
                if universal(relation) == universal(gold_relation):
                    las += 1
    return {"words": words, "uas": uas / words if words else 0.0, "las": las / words if words else 0.0}


def both(sentences):
    return {"all": scores(sentences, lambda tag: True),
            "counted": scores(sentences, lambda tag: tag not in ("PUNCT", "SYM"))}


def drawn(draw):
    def arcs(n):
        return [(draw.randint(0, n), draw.choice(RELATIONS)) for _ in range(n)]

    n = draw.randint(1, 12)
    gold = arcs(n)
    system = [arc if draw.random() < 0.5 else other for arc, other in zip(gold, arcs(n))]
    return gold, system, [draw.choice(TAGS) for _ in range(n)]


def treebank(path):
    sentence = []
    with open(path, encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            columns = line.rstrip("\n").split("\t")
            if not line.strip():
                if sentence:
                    yield sentence
                sentence = []
            elif not line.startswith("#") and columns[0].isdigit():
                sentence.append((int(columns[6]), columns[7], columns[3]))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        with open(sys.argv[2], encoding="utf-8") as lines:
            predictions = [json.loads(line)["predicted"] for line in lines]
        read = []
        for gold, predicted in zip(treebank(sys.argv[1]), predictions):
            system = [(-1, "") if unit == "_" else (int(unit.split(":")[0]), unit.split(":", 1)[1]) for unit in predicted]
            read.append(([(head, relation) for head, relation, _ in gold], system, [tag for _, _, tag in gold]))
        print(len(read), json.dumps(both(read)))
    else:
        draw = random.Random(2018)
        sentences = [drawn(draw) for _ in range(20)]
        json.dump({"sentences": [{"gold": [[h, universal(r)] for h, r in g], "system": [[h, universal(r)] for h, r in s],
                                  "tags": t} for g, s, t in sentences],
                   "each": [both([one]) for one in sentences], "together": both(sentences)},
                  sys.stdout, separators=(",", ":"))
        print()
