"""Loss, gradients and decoded trees of a dependency parser by torch, in double, for BiaffineGoldenTest.

    s(i, j)    = [a_i; 1]' U [c_j; 1] + u          a, c, d, e = elu(W h + b)       Dozat & Manning (ICLR 2017)
    t(i, j, r) = d_i' V_r e_j + v_r
    L = mean_i -log softmax_j s(i, .)[head_i]  +  mean_i -log softmax_r t(i, head_i, .)[relation_i]

Written sentence by sentence, with torch.nn.Bilinear for relations and a loop over pairs for arcs: no padding, no masks.

    python parser_golden.py > ../resources/dev/isogloss/trainer/task/parser.json
"""

import itertools
import json
import sys

import torch
import torch.nn.functional as F

torch.manual_seed(20220519)
torch.set_default_dtype(torch.float64)

HIDDEN, ARC, REL, LABELS = 7, 8, 9, 5


def single(*shape, scale=0.5):
    # single precision, so that both sides start from the same numbers in either
    return (scale * torch.randn(*shape, dtype=torch.float32)).double().requires_grad_()


def weights():
    return {
        "arc.dependent.weight": single(ARC, HIDDEN), "arc.dependent.bias": single(ARC),
        "arc.head.weight": single(ARC, HIDDEN), "arc.head.bias": single(ARC),
        "arc.bilinear": single(ARC + 1, ARC + 1), "arc.bias": single(1),
        "relation.dependent.weight": single(REL, HIDDEN), "relation.dependent.bias": single(REL),
        "relation.head.weight": single(REL, HIDDEN), "relation.head.bias": single(REL),
        "relation.bilinear": single(LABELS, REL, REL), "relation.bias": single(LABELS),
    }


def layer(w, name, x):
    return F.elu(F.linear(x, w[name + ".weight"], w[name + ".bias"]))


def arc_scores(w, states, rooted):
    """[words][words + 1], minus infinity where a word would hang on itself (or on a root that is not scored)."""
    n = len(states)
    dependents, heads = layer(w, "arc.dependent", states), layer(w, "arc.head", states)
    one = torch.ones(1)
    rows = []
    for i in range(1, n):
        row = []
        for j in range(n):
            if i == j or (j == 0 and not rooted):
                row.append(torch.tensor(float("-inf")))
            else:
                left, right = torch.cat([dependents[i], one]), torch.cat([heads[j], one])
                row.append(left @ w["arc.bilinear"] @ right + w["arc.bias"][0])
        rows.append(torch.stack(row))
    return torch.stack(rows)


def relation_scores(w, states, i, j):
    bilinear = torch.nn.Bilinear(REL, REL, LABELS)
    del bilinear.weight, bilinear.bias
    bilinear.weight, bilinear.bias = w["relation.bilinear"], w["relation.bias"]
    return bilinear(layer(w, "relation.dependent", states)[i], layer(w, "relation.head", states)[j])


def loss(w, states, sentences, rooted):
    """A sentence: its word positions and, for each, (head, relation) or None; heads count from 1, 0 is the root."""
    arcs, relations = [], []
    for row, sentence in enumerate(sentences):
        nodes = states[row][[0] + [position for position, _ in sentence]]
        scores = arc_scores(w, nodes, rooted)
        for i, (_, arc) in enumerate(sentence):
            if arc is None or (arc[0] == 0 and not rooted):
                continue
            arcs.append(F.cross_entropy(scores[i][None], torch.tensor([arc[0]])))
            relations.append(F.cross_entropy(relation_scores(w, nodes, i + 1, arc[0])[None], torch.tensor([arc[1]])))
    return sum(arcs) / len(arcs) + sum(relations) / len(relations)


def parsed(w, states, sentences, rooted):
    """Of all trees with one word at the root the one of the greatest sum, by trying every vector of heads."""
    found = []
    for row, sentence in enumerate(sentences):
        nodes = states[row][[0] + [position for position, _ in sentence]]
        arcs = arc_scores(w, nodes, rooted).log_softmax(1)
        n = len(sentence)
        relations = [[relation_scores(w, nodes, i + 1, j).log_softmax(0) for j in range(n + 1)] for i in range(n)]
        weight = [[0.0 if j == 0 and not rooted else (arcs[i][j] + relations[i][j].max()).item()
                   for j in range(n + 1)] for i in range(n)]
        best = max((heads for heads in itertools.product(range(n + 1), repeat=n) if is_tree(heads)),
                   key=lambda heads: sum(weight[i][h] for i, h in enumerate(heads)))
        found.append([[h, int(relations[i][h].argmax())] for i, h in enumerate(best)])
    return found


def is_tree(heads):
    if list(heads).count(0) != 1:
        return False
    for i in range(len(heads)):
        seen, node = set(), i + 1
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node - 1]
    return True


def case(name, lengths, sentences, rooted=True):
    width = max(lengths)
    w, states = weights(), single(len(lengths), width, HIDDEN, scale=1.0)
    inputs = [states, *w.values()]
    value = loss(w, states, sentences, rooted)
    gradients = torch.autograd.grad(value, inputs, allow_unused=True)
    return {
        "name": name, "lengths": lengths, "sentences": sentences, "rooted": rooted,
        "states": states.flatten().tolist(), "weights": {k: v.flatten().tolist() for k, v in w.items()},
        "value": value.item(),
        "gradients": [(torch.zeros_like(x) if g is None else g).flatten().tolist() for x, g in zip(inputs, gradients)],
        "trees": parsed(w, states, sentences, rooted),
    }


def words(text):
    """Arcs as "2:1 0:3 -": head and relation of each word, its position two tokens behind the last one's."""
    return [[2 * i + 1, None if arc == "-" else [int(x) for x in arc.split(":")]]
            for i, arc in enumerate(text.split())]


if __name__ == "__main__":
    json.dump({
        "hidden": HIDDEN, "arc": ARC, "relation": REL, "labels": LABELS,
        "cases": [
            case("one word", [3], [words("0:1")]),
            case("two words", [5], [words("2:3 0:1")]),
            case("a crossing tree", [10], [words("3:0 4:1 0:2 3:4")]),
            case("lengths that differ", [4, 12, 7], [words("0:0"), words("2:1 0:2 2:3 5:4 2:0"), words("2:1 0:2 1:3")]),
            case("words without arcs", [9, 8], [words("2:1 0:2 - -"), words("- 0:2 2:4")]),
            case("a root that is not scored", [9, 8], [words("2:1 0:2 4:0 2:3"), words("3:1 1:2 0:4")], rooted=False),
        ],
    }, sys.stdout, separators=(",", ":"))
    print()
