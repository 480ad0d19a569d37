"""Writes method/iwda/golden.json: IWDA's losses, gradients, statistics and weights as PyTorch and SciPy give them.

    python iwda_golden.py > ../resources/dev/isogloss/trainer/method/iwda/golden.json

Needs torch and scipy; the numbers committed were made with torch 2.7.1 and scipy 1.x in double precision. Nothing here
uses a closed form that the Java code uses: the gradient penalty is a second backward pass, the quadratic programme
tries every set of classes at zero and is checked against SLSQP, the projection is a bisection.
"""

import itertools
import json
import sys

import numpy as np
import torch
from scipy.optimize import minimize

torch.set_default_dtype(torch.float64)


# ---- the weights' problem


def programme(c, t, p, transposed):
    """argmin 1/2 w'C'Cw - b'w over w >= 0, p.w = 1, by trying every support."""
    k = len(p)
    q = c.T @ c
    b = (c @ t) if transposed else (c.T @ t)
    best, best_value = None, np.inf
    for size in range(1, k + 1):
        for support in itertools.combinations(range(k), size):
            s = list(support)
            a = np.zeros((size + 1, size + 1))
            a[:size, :size] = q[np.ix_(s, s)]
            a[:size, size] = a[size, :size] = p[s]
            x = np.linalg.solve(a, np.append(b[s], 1.0))
            w = np.zeros(k)
            w[s] = x[:size]
            value = 0.5 * w @ q @ w - b @ w
            if (w >= -1e-13).all() and value < best_value - 1e-15:
                best, best_value = w, value
    check = minimize(
        lambda w: 0.5 * w @ q @ w - b @ w,
        np.ones(k),
        jac=lambda w: q @ w - b,
        bounds=[(0, None)] * k,
        constraints={"type": "eq", "fun": lambda w: p @ w - 1, "jac": lambda w: p},
        options={"ftol": 1e-16, "maxiter": 1000},
    )
    assert abs(check.fun - best_value) < 1e-8, (check.fun, best_value)
    return best


def euclidean(v, p):
    """The nearest w >= 0 with p.w = 1, by bisection."""
    low, high = -1e6, 1e6
    for _ in range(400):
        tau = (low + high) / 2
        if p @ np.maximum(v - tau * p, 0) > 1:
            low = tau
        else:
            high = tau
    return np.maximum(v - tau * p, 0)


def radial(v, p):
    w = np.maximum(v, 0)
    return w / (p @ w)


def problem(rng, k, accuracy):
    p = rng.dirichlet(np.ones(k))
    w = rng.dirichlet(np.ones(k)) / p
    conditional = accuracy * np.eye(k) + (1 - accuracy) * rng.dirichlet(np.ones(k), size=k).T
    return conditional * p, w, p


def programmes(rng):
    cases = []
    for k, accuracy, noise in ((2, 0.9, 0), (4, 0.8, 0), (4, 0.7, 0.05), (5, 0.6, 0.3), (7, 0.9, 0.02), (9, 0.8, 0.2)):
        c, w, p = problem(rng, k, accuracy)
        t = (1 - noise) * (c @ w) + noise * rng.dirichlet(np.ones(k))
        cases.append(
            {
                "confusion": c.tolist(),
                "prediction": t.tolist(),
                "p": p.tolist(),
                "noise": noise,
                "truth": w.tolist(),
                "w": programme(c, t, p, False).tolist(),
                "transposed": programme(c, t, p, True).tolist(),
            }
        )
    return cases


def projections(rng):
    cases = []
    for k in (2, 3, 5, 9):
        for spread in (0.1, 1.0, 5.0):
            p = rng.dirichlet(np.ones(k))
            v = 1 + spread * rng.standard_normal(k)
            if (v <= 0).all():
                v[0] = 1.0
            cases.append(
                {
                    "v": v.tolist(),
                    "p": p.tolist(),
                    "euclidean": euclidean(v, p).tolist(),
                    "radial": radial(v, p).tolist(),
                }
            )
    return cases


# ---- the alignment


class Reverse(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, factor):
        ctx.factor = factor
        return x.clone()

    @staticmethod
    def backward(ctx, g):
        return -ctx.factor * g, None


def cdan(logits, features):
    return torch.bmm(logits.detach().softmax(1).unsqueeze(2), features.unsqueeze(1)).flatten(1)


class Critic(torch.nn.Module):
    def __init__(self, inputs, width, outputs):
        super().__init__()
        self.hidden = torch.nn.Linear(inputs, width)
        self.out = torch.nn.Linear(width, outputs)

    def forward(self, z):
        y = self.out(torch.relu(self.hidden(z)))
        return y[:, 0] if y.shape[1] == 1 else y[:, 0] - y[:, 1]


def penalty(critic, z, z_prime, u):
    q = len(u)
    point = (u[:, None] * z[:q] + (1 - u[:, None]) * z_prime[:q]).detach().requires_grad_()
    (g,) = torch.autograd.grad(critic(point).sum(), point, create_graph=True)
    return (g * g).sum(1).mean()


def kernel_mmd(z, weight, z_prime):
    n, m = len(z), len(z_prime)
    whole = torch.cat([z, z_prime])
    distances = ((whole[None] - whole[:, None]) ** 2).sum(2)
    beta = distances.detach().sum() / ((n + m) ** 2 - (n + m))
    kernel = sum(torch.exp(-distances / (beta * 2.0**e)) for e in range(-2, 3))
    w = weight
    return (
        (w[:, None] * w[None] * kernel[:n, :n]).mean()
        + kernel[n:, n:].mean()
        - 2 * (w[:, None] * kernel[:n, n:]).mean()
    )


def alignment(distance, critic, z, weight, z_prime):
    if distance == "KernelMmd":
        return kernel_mmd(z, weight, z_prime)
    f, f_prime = critic(z), critic(z_prime)
    if distance == "Wasserstein":
        return (weight * f).mean() - f_prime.mean()
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    return bce(f, torch.zeros_like(f), weight=weight) + bce(f_prime, torch.ones_like(f_prime))


def losses():
    cases = []
    for number, (distance, outputs) in enumerate(
        (("Wasserstein", 1), ("Wasserstein", 2), ("JensenShannon", 1), ("JensenShannon", 2), ("KernelMmd", 1))
    ):
        torch.manual_seed(number)
        n, m, k, d, width = 6, 4, 3, 5, 7
        logits, features = torch.randn(n, k), torch.randn(n, d, requires_grad=True)
        logits_t, features_t = torch.randn(m, k), torch.randn(m, d, requires_grad=True)
        labels = torch.tensor([0, 2, 1, 1, 0, 2])
        w, a, lam, mu = torch.tensor([0.5, 1.5, 1.25]), 0.75, 0.3, 10.0
        u = torch.rand(min(n, m))
        critic = Critic(k * d, width, outputs)
        weight = (a * w + 1 - a)[labels]
        factor = -lam if distance == "KernelMmd" else lam
        z = Reverse.apply(cdan(logits, features), factor)
        z_prime = Reverse.apply(cdan(logits_t, features_t), factor)
        align = alignment(distance, critic, z, weight, z_prime)
        gp = penalty(critic, z, z_prime, u)
        total = align if distance == "KernelMmd" else align + mu * gp
        wanted = [features, features_t] + ([] if distance == "KernelMmd" else list(critic.parameters()))
        gradients = torch.autograd.grad(total, wanted, allow_unused=True)
        case = {
            "distance": distance,
            "labels": labels.tolist(),
            "w": w.tolist(),
            "a": a,
            "lambda": lam,
            "mu": mu,
            "u": u.tolist(),
            "logits": logits.tolist(),
            "features": features.tolist(),
            "logitsTarget": logits_t.tolist(),
            "featuresTarget": features_t.tolist(),
            "critic": {name: p.tolist() for name, p in critic.named_parameters()},
            "cdan": cdan(logits, features).tolist(),
            "align": align.item(),
            "penalty": gp.item(),
        }
        names = ["features", "featuresTarget", "hidden.weight", "hidden.bias", "out.weight", "out.bias"]
        case["gradients"] = {
            name: (torch.zeros_like(x) if g is None else g).tolist()
            for name, x, g in zip(names, wanted, gradients)
        }
        cases.append(case)
    return cases


# ---- the weights' training


def training(project, schedule, swapped):
    torch.manual_seed(11)
    k, steps, s, rate, decay = 4, 40, 5e-3, 5e-4, 2.0
    p = np.array([0.1, 0.2, 0.3, 0.4])
    w0 = np.array([1.5, 0.5, 1.0, 1.125])
    confusion, prediction = np.diag(p), p * w0
    if swapped:
        confusion, prediction = np.diag(p * w0), p.copy()
    d = torch.zeros(k, requires_grad=True)
    optimiser = torch.optim.AdamW([d], lr=rate, weight_decay=decay)
    batches, values, gradients = [], [], []
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = rate * (1 - step / steps if schedule == "Linear" else 1)
        gold = torch.randint(0, k, (8,))
        predicted = torch.where(torch.rand(8) < 0.7, gold, torch.randint(0, k, (8,)))
        target = torch.randint(0, 2, (8,)) + torch.randint(0, k - 1, (8,))
        batches.append({"gold": gold.tolist(), "predicted": predicted.tolist(), "target": target.tolist()})
        with torch.no_grad():
            d.copy_(torch.tensor(project(w0 + d.numpy(), p) - w0))
        counts = np.zeros((k, k))
        for i, j in zip(predicted, gold):
            counts[i, j] += 1
        confusion = (1 - s) * confusion + s * counts
        prediction = (1 - s) * prediction + s * np.bincount(target.numpy(), minlength=k)
        c, t = torch.tensor(confusion / confusion.sum()), torch.tensor(prediction / prediction.sum())
        loss = ((c @ (torch.tensor(w0) + d) - t) ** 2).sum()
        optimiser.zero_grad()
        loss.backward()
        values.append(loss.item())
        gradients.append(d.grad.tolist())
        optimiser.step()
    return {
        "p": p.tolist(),
        "w0": w0.tolist(),
        "swapped": swapped,
        "schedule": schedule,
        "projection": project.__name__.capitalize(),
        "rate": rate,
        "decay": decay,
        "statisticsRate": s,
        "batches": batches,
        "losses": values,
        "gradients": gradients,
        "confusion": c.tolist(),
        "prediction": t.tolist(),
        "w": project(w0 + d.detach().numpy(), p).tolist(),
    }


def main():
    rng = np.random.default_rng(1)
    json.dump(
        {
            "programmes": programmes(rng),
            "projections": projections(rng),
            "losses": losses(),
            "trainings": [
                training(euclidean, "Linear", False),
                training(radial, "Constant", False),
                training(radial, "Constant", True),
            ],
        },
        sys.stdout,
        indent=None,
        separators=(",", ":"),
    )
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
