"""Values and gradients of the confidence penalty by torch's autograd, in double, for PenaltyGoldenTest.

    L = CE + w · (1/m) Σₘ Σ_c p(c)·log p(c)          Bari, Mohiuddin & Joty (ACL 2021), equation 1

Written word by word, with torch.distributions: nothing is taken from the program but the formula and what m counts:
the words that have a label (Labels), or every position but padding (Tokens).

    python penalty_golden.py > ../resources/dev/isogloss/trainer/task/penalty.json
"""

import json
import sys

import torch
from torch.distributions import Categorical

torch.manual_seed(20210801)

UNLABELLED = -100


def single(*shape, scale=1.0):
    # single precision, so that both sides start from the same numbers in either
    return (scale * torch.randn(*shape, dtype=torch.float32)).double()


def result(value, inputs):
    gradients = torch.autograd.grad(value, inputs)
    return {"value": value.item(), "gradients": [gradient.flatten().tolist() for gradient in gradients]}


def rows(name, logits):
    logits = logits.requires_grad_()
    value = -sum(Categorical(logits=row).entropy() for row in logits) / len(logits)
    return {"name": name, "shape": list(logits.shape), "logits": logits.flatten().tolist(),
            **result(value, [logits])}


def head(name, lengths, words, labels, over, weight, smoothing, scale=1.0):
    """A sentence has `lengths` tokens; `words` are the positions that are predicted, with their labels."""
    width, hidden = max(lengths), 6
    states = single(len(lengths), width, hidden).requires_grad_()
    matrix = single(labels, hidden, scale=scale).requires_grad_()
    bias = single(labels, scale=scale).requires_grad_()

    def logits(row, position):
        return torch.stack([matrix[c] @ states[row, position] + bias[c] for c in range(labels)])

    losses, penalised = [], []
    for row, sentence in enumerate(words):
        for position, target in sentence:
            if target == UNLABELLED:
                continue
            log = torch.log_softmax(logits(row, position), 0)
            losses.append(-(1 - smoothing) * log[target] - smoothing * log.mean())
            penalised.append(logits(row, position))
    if over == "Tokens":
        penalised = [logits(row, i) for row, length in enumerate(lengths) for i in range(length)]
    value = sum(losses) / len(losses) - weight * sum(Categorical(logits=p).entropy() for p in penalised) / len(penalised)
    return {"name": name, "lengths": lengths, "words": words, "labels": labels, "over": over, "weight": weight,
            "smoothing": smoothing, "states": states.flatten().tolist(), "matrix": matrix.flatten().tolist(),
            "bias": bias.tolist(), **result(value, [states, matrix, bias])}


ONE = [[[1, 0], [2, UNLABELLED], [3, 2]], [[1, 1]]]
TWO = [[[1, 4], [3, 0], [4, 8]], [[1, UNLABELLED]], [[1, 2], [2, 2]]]

if __name__ == "__main__":
    tie = torch.tensor([[10000.0, 9999.5, -10000.0], [-3000.0, -3000.0, -3001.0]]).double()
    json.dump({
        "rows": [
            rows("usual", single(7, 9)),
            rows("two labels", single(4, 2, scale=3.0)),
            rows("many labels", single(3, 40)),
            rows("all equal", torch.full((2, 5), 5.0).double()),
            rows("sure", single(5, 4, scale=30.0)),
            rows("underflow", single(6, 3, scale=1000.0)),
            rows("nearly tied far out", tie),
            rows("largest", torch.tensor([[1e38, -1e38, 0.0], [0.0, -1e38, 1e38]]).double()),
        ],
        "heads": [
            head("labels", [5, 3], ONE, 3, "Labels", 1.0, 0.0),
            head("tokens", [5, 3], ONE, 3, "Tokens", 1.0, 0.0),
            head("half", [6, 2, 4], TWO, 9, "Labels", 0.5, 0.0),
            head("half, tokens", [6, 2, 4], TWO, 9, "Tokens", 0.5, 0.0),
            head("smoothed", [6, 2, 4], TWO, 9, "Labels", 0.3, 0.1),
            head("extreme", [5, 3], ONE, 3, "Labels", 1.0, 0.0, scale=300.0),
            head("extreme, tokens", [5, 3], ONE, 3, "Tokens", 1.0, 0.0, scale=300.0),
            head("none", [5, 3], ONE, 3, "Labels", 0.0, 0.0),
        ],
    }, sys.stdout, separators=(",", ":"))
    print()
