"""Values and gradients of the contrastive losses by torch's autograd, in double, for ContrastGoldenTest.

Written from the formulas, sum by sum: Yu & Joty (2021), equations 2 and 4; translation ranking with additive margin
(Yang et al., 2019; Feng et al., 2020).

    python contrast_golden.py > ../resources/dev/isogloss/trainer/method/language/golden.json
"""

import json
import sys

import torch

torch.manual_seed(20211107)


def unit(x):
    return x / x.norm(dim=1, keepdim=True)


def label_alignment(h, classes, tau):
    total = h.new_zeros(())
    n = len(classes)
    for i in range(n):
        same = [j for j in range(n) if j != i and classes[j] == classes[i]]
        below = sum(torch.exp(h[i] @ h[k] / tau) for k in range(n) if k != i)
        for j in same:
            total = total - torch.log(torch.exp(h[i] @ h[j] / tau) / below) / len(same)
    return total / n


def semantic_alignment(h, translations, tau):
    below = sum(torch.exp(h[0] @ h[k] / tau) for k in range(1, len(h)))
    return -sum(torch.log(torch.exp(h[0] @ h[t] / tau) / below) for t in range(1, translations + 1))


def ranking(x, y, margin, scale):
    n = len(x)
    phi = [[scale * (x[i] @ y[j] - (margin if i == j else 0.0)) for j in range(n)] for i in range(n)]
    there = -sum(torch.log(torch.exp(phi[i][i]) / sum(torch.exp(phi[i][j]) for j in range(n))) for i in range(n)) / n
    back = -sum(torch.log(torch.exp(phi[j][j]) / sum(torch.exp(phi[i][j]) for i in range(n))) for j in range(n)) / n
    return there + back


def rows(n, d):
    # single precision, so that both sides start from the same numbers
    return torch.randn(n, d, dtype=torch.float32).double().requires_grad_()


def case(name, loss, inputs, **settings):
    value = loss(*inputs)
    gradients = torch.autograd.grad(value, inputs)
    return {
        "name": name,
        **settings,
        "inputs": [x.detach().tolist() for x in inputs],
        "value": value.item(),
        "gradients": [g.tolist() for g in gradients],
    }


def main():
    cases = []
    for classes, tau in [
        ([0, 0, 1, 1, 2, 2, 0, 1], 0.3),
        ([0, 1, 0, 2], 0.1),
        ([0, 0, 0], 0.7),
        ([1, 0, 0, 1, 1, 0, 2, 2, 2, 0, 1, 1, 0, 2, 1, 0], 0.5),
    ]:
        x = rows(len(classes), 6)
        cases.append(
            case("labels", lambda x, c=classes, t=tau: label_alignment(unit(x), c, t), [x], classes=classes, tau=tau)
        )
    for translations, others, tau in [(1, 1, 0.3), (3, 3, 0.3), (4, 4, 0.1), (2, 2, 1.0)]:
        x = rows(1 + translations + others, 5)
        cases.append(
            case(
                "meanings",
                lambda x, b=translations, t=tau: semantic_alignment(unit(x), b, t),
                [x],
                translations=translations,
                tau=tau,
            )
        )
    for n, margin, scale in [(2, 0.3, 20.0), (5, 0.3, 20.0), (7, 0.0, 1.0)]:
        cases.append(
            case(
                "ranking",
                lambda x, y, m=margin, s=scale: ranking(unit(x), unit(y), m, s),
                [rows(n, 6), rows(n, 6)],
                margin=margin,
                scale=scale,
            )
        )
    json.dump(cases, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
