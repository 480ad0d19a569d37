"""Losses and gradients of robust trainings by transformers and torch's autograd, in double, for RobustGoldenTest.

    EAR    Ding et al. (2022), equations 4 to 7; NT: noise in the place of the push
    RS-RP, RS-DA, ADV    Huang et al. (2021)        FGM    Miyato et al. (2017)

Written with hooks on a model of transformers, term by term and example by example: nothing is taken from the program but
the formulas, that of its random stream included. Weights are those of the folders that golden.py makes, without dropout;
the head's are drawn here.

    python robust_golden.py ../resources/dev/isogloss/trainer/encoder/golden \
        > ../resources/dev/isogloss/trainer/method/robust/robust.json
"""

import json
import math
import sys
from pathlib import Path

import torch
from selection_golden import numbers
from transformers import BertForPreTraining, XLMRobertaModel

LABELS = 3
X = [([5, 7, 9, 11, 4, 2, 8], 4), ([9, 3, 44], 0), ([6, 6, 12, 50, 51], 2)]  # ids, and where the second text begins
COPY = [([5, 8, 9, 11, 12, 4, 2, 8, 3], 5), ([9, 3, 44], 0), ([6, 7, 12], 2)]
TARGETS = [2, 0, 1]


def open_encoder(folder):
    if "roberta" in folder.name:
        model = XLMRobertaModel.from_pretrained(folder, attn_implementation="eager")
    else:
        model = BertForPreTraining.from_pretrained(folder, attn_implementation="eager").bert
    return model.double().eval()


def batch(model, texts):
    width = max(len(ids) for ids, _ in texts)
    pad = model.config.pad_token_id
    ids = torch.tensor([text + [pad] * (width - len(text)) for text, _ in texts])
    mask = torch.tensor([[1] * len(text) + [0] * (width - len(text)) for text, _ in texts])
    types = torch.tensor([[int(0 < second <= i < len(text)) for i in range(width)] for text, second in texts])
    if model.config.type_vocab_size < 2:
        types = torch.zeros_like(types)
    return ids, mask, types


def embed(model, ids, types, words=None):
    if words is None:
        return model.embeddings(input_ids=ids, token_type_ids=types)
    return torch.func.functional_call(model.embeddings, {"word_embeddings.weight": words}, (),
                                      dict(input_ids=ids, token_type_ids=types))


def run(model, head, embedded, mask):
    """Cross-entropy, attention of all layers and states of all layers, from what the first layer reads."""
    added = (1 - mask[:, None, None, :]).double() * -1e30
    states, attentions = [embedded], []
    x = embedded
    for layer in model.encoder.layer:
        seen = []
        hook = layer.attention.self.register_forward_hook(lambda module, given, out: seen.append(out[1]))
        x = layer(x, added)
        x = x[0] if isinstance(x, tuple) else x
        hook.remove()
        states.append(x)
        attentions.append(seen[0])
    first = x[:, 0]
    if model.config.model_type == "bert":
        logits = torch.tanh(model.pooler.dense(first)) @ head["classifier.weight"].T + head["classifier.bias"]
    else:
        dense = torch.tanh(first @ head["classifier.dense.weight"].T + head["classifier.dense.bias"])
        logits = dense @ head["classifier.out_proj.weight"].T + head["classifier.out_proj.bias"]
    return torch.nn.functional.cross_entropy(logits, torch.tensor(TARGETS)), attentions, states


def lengths(mask):
    return mask.sum(1).tolist()


def means(states, mask):
    return [states[b, :n].mean(0) for b, n in enumerate(lengths(mask))]


def apart(x, x_mask, y, y_mask, reduction):
    total = sum(((a - b) ** 2).sum() for a, b in zip(means(x, x_mask), means(y, y_mask))) / len(x)
    return total / x.shape[-1] if reduction == "Mean" else total


def attention(a, a_mask, b, b_mask, cells, reduction):
    heads = a.shape[1]
    if cells == "Padded":
        total = ((a - b) ** 2).sum()
        return total / a.numel() if reduction == "Mean" else total / (len(a) * heads)
    total, count = 0.0, 0
    for row, (n, m) in enumerate(zip(lengths(a_mask), lengths(b_mask))):
        k = min(n, m)
        total = total + ((a[row, :, :k, :k] - b[row, :, :k, :k]) ** 2).sum()
        count += heads * k * k
    return total / count if reduction == "Mean" else total / (len(a) * heads)


def widen(ids, mask, types, pad, width):
    more = width - ids.shape[1]
    return (torch.nn.functional.pad(ids, (0, more), value=pad), torch.nn.functional.pad(mask, (0, more)),
            torch.nn.functional.pad(types, (0, more)))


def single(values):
    return torch.tensor(values, dtype=torch.float64).float().double()


def gaussians(units, count):
    drawn = []
    while len(drawn) < count:
        x, y = 2 * next(units) - 1, 2 * next(units) - 1
        s = x * x + y * y
        if 0 < s < 1:
            scale = math.sqrt(-2 * math.log(s) / s)
            drawn += [x * scale, y * scale]
    return torch.tensor(drawn[:count], dtype=torch.float64)


def stream(name, row):
    return ((draw >> 11) * 2.0 ** -53 for draw in numbers(1, name, 0, row))


def noise(shape, distribution, size):
    """What the first batch of a training with seed 1 gets, whose rows are X's texts from the shortest to the longest.

    Every row has streams of its own; numbers are drawn as 32 bits hold them. What stands on padding is read by nothing.
    """
    placed = torch.empty(shape, dtype=torch.float64)
    for row, text in enumerate(sorted(range(len(X)), key=lambda i: len(X[i][0]))):
        drawn = gaussians(stream("noise", row), math.prod(shape[1:]))
        if distribution == "Gaussian":
            placed[text] = single((size * drawn).tolist()).view(shape[1:])
        else:
            radii = stream("noise radius", row)
            placed[text] = single([(g * (size * next(radii) ** (1 / shape[-1]) / g.norm())).tolist()
                                   for g in single(drawn.tolist()).view(-1, shape[-1])])
    return placed


def ear(model, head, push, alpha, pull, beta, layer, reduction, cells, sigma=0.0):
    x, copy = batch(model, X), batch(model, COPY)
    if cells == "Padded":
        x, copy = (widen(*each, model.config.pad_token_id, 12) for each in (x, copy))
    first, second = embed(model, x[0], x[2]), embed(model, copy[0], copy[2])
    if push == "Noise":
        second = second + noise(second.shape, "Gaussian", sigma)
    loss, seen, states = run(model, head, first, x[1])
    other, other_seen, other_states = run(model, head, second, copy[1])
    total = loss + other
    if push == "Embeddings":
        total = total - alpha * apart(first, x[1], second, copy[1], reduction)
    if pull == "Attention":
        total = total + beta * attention(seen[layer - 1], x[1], other_seen[layer - 1], copy[1], cells, reduction)
    if pull == "Sentence":
        total = total + beta * apart(states[layer], x[1], other_states[layer], copy[1], reduction)
    return total


def smoothing(model, head, distribution, size):
    ids, mask, types = batch(model, X)
    embedded = embed(model, ids, types)
    return run(model, head, embedded + noise(embedded.shape, distribution, size), mask)[0]


def of_copies(model, head):
    ids, mask, types = batch(model, COPY)
    return run(model, head, embed(model, ids, types), mask)[0]


def adversarial(model, head, radius, steps, size, clean):
    ids, mask, types = batch(model, X)
    start = embed(model, ids, types).detach()
    delta = torch.zeros_like(start)
    for _ in range(steps):
        leaf = delta.clone().requires_grad_()
        gradient, = torch.autograd.grad(run(model, head, start + leaf, mask)[0], leaf)
        for row in range(delta.shape[0]):
            for token in range(delta.shape[1]):
                norm = gradient[row, token].norm()
                if norm > 0:
                    delta[row, token] += size * gradient[row, token] / norm
                length = delta[row, token].norm()
                if length > radius:
                    delta[row, token] *= radius / length
    embedded = embed(model, ids, types)
    loss = run(model, head, embedded + delta, mask)[0]
    return loss + run(model, head, embedded, mask)[0] if clean else loss


def word_table(model, head, radius, clean):
    ids, mask, types = batch(model, X)
    table = model.embeddings.word_embeddings.weight
    loss = run(model, head, embed(model, ids, types), mask)[0]
    gradient, = torch.autograd.grad(loss, table)
    moved = table + radius * gradient / gradient.norm()
    total = run(model, head, embed(model, ids, types, moved), mask)[0]
    return total + run(model, head, embed(model, ids, types), mask)[0] if clean else total


def weights(model, head):
    named = {name: weight for name, weight in model.named_parameters() if not name.startswith("lm_head")}
    return {**named, **head}


def digits(numbers, count):
    """Nine digits are all that a number of 32 bits has."""
    return [float(f"{number:.{count}g}") for number in numbers.flatten().tolist()]


def case(name, folder, compute, heads):
    torch.manual_seed(20220801)
    model = open_encoder(folder)
    hidden = model.config.hidden_size
    shapes = ({"classifier": (LABELS, hidden)} if model.config.model_type == "bert" else
              {"classifier.dense": (hidden, hidden), "classifier.out_proj": (LABELS, hidden)})
    head = {}
    for part, (out, inner) in shapes.items():
        head[part + ".weight"] = torch.randn(out, inner, dtype=torch.float32).double().requires_grad_()
        head[part + ".bias"] = torch.randn(out, dtype=torch.float32).double().requires_grad_()
    value = compute(model, head)
    named = weights(model, head)
    gradients = torch.autograd.grad(value, list(named.values()), allow_unused=True)
    kept = ["embeddings.word_embeddings.weight", "embeddings.LayerNorm.weight",
            "encoder.layer.0.attention.self.query.weight", "encoder.layer.1.output.dense.weight",
            *(name for name in head if name.endswith("weight"))]
    heads[folder.name] = {part: digits(weight, 9) for part, weight in head.items()}
    return {"name": name, "encoder": folder.name, "value": value.item(),
            "gradients": {part: digits(gradient, 13) for part, gradient in zip(named, gradients)
                          if part in kept and gradient is not None}}


if __name__ == "__main__":
    bert, roberta = (Path(sys.argv[1]) / name for name in ("bert", "xlm-roberta"))
    cases = []
    for reduction in ("Mean", "Sum"):
        for cells in ("Tokens", "Padded"):
            for alpha, beta in ((1.0, 0.1), (0.1, 1.0)):
                cases.append((f"ear Embeddings Attention {cells} {reduction} 2 {alpha} {beta}", bert,
                              lambda m, h, a=alpha, b=beta, c=cells, r=reduction:
                              ear(m, h, "Embeddings", a, "Attention", b, 2, r, c)))
        cases.append((f"ear Embeddings Sentence Tokens {reduction} 1 1.0 0.1", bert,
                      lambda m, h, r=reduction: ear(m, h, "Embeddings", 1.0, "Sentence", 0.1, 1, r, "Tokens")))
        cases.append((f"ear Nothing Attention Tokens {reduction} 1 0.0 0.1", roberta,
                      lambda m, h, r=reduction: ear(m, h, "Nothing", 0.0, "Attention", 0.1, 1, r, "Tokens")))
        cases.append((f"ear Embeddings Sentence Tokens {reduction} 2 0.1 1.0", roberta,
                      lambda m, h, r=reduction: ear(m, h, "Embeddings", 0.1, "Sentence", 1.0, 2, r, "Tokens")))
    cases.append(("ear Nothing Nothing Tokens Mean 2 0.0 0.0", bert,
                  lambda m, h: ear(m, h, "Nothing", 0.0, "Nothing", 0.0, 2, "Mean", "Tokens")))
    for radius, steps, size, clean in ((0.3, 2, 0.225, False), (1.0, 3, 0.2, False), (0.5, 1, 0.75, True)):
        cases.append((f"adv {radius} {steps} {size} {clean}", bert,
                      lambda m, h, r=radius, k=steps, s=size, c=clean: adversarial(m, h, r, k, s, c)))
    cases.append(("adv 0.3 2 0.225 False", roberta, lambda m, h: adversarial(m, h, 0.3, 2, 0.225, False)))
    for radius, clean in ((1.0, True), (0.3, False)):
        cases.append((f"fgm {radius} {clean}", bert, lambda m, h, r=radius, c=clean: word_table(m, h, r, c)))
    cases.append(("ear Noise Attention Tokens Mean 2 0.0 1.0 0.3", bert,
                  lambda m, h: ear(m, h, "Noise", 0.0, "Attention", 1.0, 2, "Mean", "Tokens", 0.3)))
    cases.append(("ear Noise Sentence Tokens Sum 1 0.0 0.1 0.1", roberta,
                  lambda m, h: ear(m, h, "Noise", 0.0, "Sentence", 0.1, 1, "Sum", "Tokens", 0.1)))
    cases.append(("smoothing Gaussian 0.3", bert, lambda m, h: smoothing(m, h, "Gaussian", 0.3)))
    cases.append(("smoothing Ball 2.0", roberta, lambda m, h: smoothing(m, h, "Ball", 2.0)))
    cases.append(("copies", bert, of_copies))
    heads = {}
    done = [case(*each, heads) for each in cases]
    json.dump({"heads": heads, "cases": done}, sys.stdout, separators=(",", ":"))
    print()
