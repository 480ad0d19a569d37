"""Writes method/adaptation.json: losses of distillation and of the adversarial baseline as PyTorch gives them.

    python adaptation_golden.py > ../resources/dev/isogloss/trainer/method/adaptation.json

Needs torch; the numbers committed were made with torch 2.7.1 in double precision.
"""

import json
import sys

import torch

torch.set_default_dtype(torch.float64)


def distillation(tau):
    torch.manual_seed(int(tau * 10))
    student, teacher = torch.randn(6, 4, requires_grad=True), 3 * torch.randn(6, 4)
    loss = torch.nn.functional.mse_loss((student / tau).softmax(1), (teacher / tau).softmax(1))
    loss.backward()
    return {
        "tau": tau,
        "student": student.tolist(),
        "teacher": teacher.softmax(1).tolist(),
        "tempered": (teacher / tau).softmax(1).tolist(),
        "loss": loss.item(),
        "gradient": student.grad.tolist(),
    }


def whole(alpha):
    """Temperature 3; texts of the target have no label."""
    torch.manual_seed(int(alpha * 100) + 1)
    student, teacher = torch.randn(5, 3, requires_grad=True), 2 * torch.randn(5, 3)
    labels = torch.tensor([2, -100, 0, -100, 1])
    functional = torch.nn.functional
    loss = functional.mse_loss((student / 3).softmax(1), (teacher / 3).softmax(1))
    loss = loss + alpha * functional.cross_entropy(student, labels)
    loss.backward()
    return {
        "alpha": alpha,
        "student": student.tolist(),
        "tempered": (teacher / 3).softmax(1).tolist(),
        "labels": labels.tolist(),
        "loss": loss.item(),
        "gradient": student.grad.tolist(),
    }


def adversarial(n, m):
    torch.manual_seed(n * m)
    yes, no = 3 * torch.randn(n), 3 * torch.randn(m)
    yes.requires_grad_()
    no.requires_grad_()
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    loss = bce(yes, torch.ones(n)) + bce(no, torch.zeros(m))
    loss.backward()
    return {
        "yes": yes.tolist(),
        "no": no.tolist(),
        "loss": loss.item(),
        "gradients": [yes.grad.tolist(), no.grad.tolist()],
    }


json.dump(
    {
        "distillation": [distillation(tau) for tau in (1.0, 3.0, 0.5)],
        "whole": [whole(alpha) for alpha in (0.1, 0.0, 2.0)],
        "adversarial": [adversarial(5, 3), adversarial(2, 7)],
    },
    sys.stdout,
    separators=(",", ":"),
)
sys.stdout.write("\n")
