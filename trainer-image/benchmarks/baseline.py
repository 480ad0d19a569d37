"""What a user would otherwise run, timed: PyTorch eager with transformers.

    python baseline.py step   --shape tiny --batch 32            one fine-tuning update
    python baseline.py masked --shape tiny --batch 32            one masked-language-modelling update
    python baseline.py iwda   --shape tiny --batch 8             one update of importance-weighted alignment
    python baseline.py labels --shape tiny --batch 16            one update of language adaptation's first phase
    python baseline.py semantic --shape tiny --translations 4    one update of its second phase
    python baseline.py ear --shape tiny --batch 32               one update of EAR
    python baseline.py parse --shape tiny --batch 32             one update of a biaffine dependency parser
    python baseline.py augment --folder FOLDER                   copies of sentences, of a folder that our side has made
    python baseline.py label  --shape tiny --ids ids.jsonl       Trainer.predict over a file of texts
    python baseline.py finetune --encoder FOLDER --data FOLDER   a whole fine-tuning with the Trainer

Prints JSON lines in the form of docs/benchmarks.md. Weights are random; nothing is downloaded.
"""

import argparse
import itertools
import json
import os
import statistics
import tempfile
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
SHAPES = {"tiny": (16384, 128, 2), "small": (16384, 256, 4), "e5": (250037, 384, 12), "mbert": (119547, 768, 12)}


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=list(BENCHMARKS))
    parser.add_argument("--shape", default="tiny", choices=list(SHAPES))
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--seq", type=int, default=128)
    parser.add_argument("--lengths", help="file of the texts' lengths, a number a line; no text is longer than --seq")
    parser.add_argument("--order", help="for the other side")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu", choices=["cpu", "gpu"])
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--warmup", type=int, default=3)
    parser.add_argument("--bf16", action="store_true", help="autocast")
    parser.add_argument("--translations", type=int, default=4, help="of the text of an update of `semantic`")
    parser.add_argument("--ids", help="JSON lines with the token ids of a text under \"ids\"")
    parser.add_argument("--folder", help="folder that our side of `augment` has written")
    parser.add_argument("--sentences", help="for the other side")
    parser.add_argument("--batched", action="store_true", help="fill the masks of all sentences together, as ours does")
    parser.add_argument("--encoder", help="folder of an encoder")
    parser.add_argument("--data", help="folder with train.jsonl and dev.jsonl (text, label)")
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--tuned", action="store_true",
                        help="`finetune`: group_by_length and fused AdamW; `parse`: relations by two products")
    o = parser.parse_args()
    o.place = "cuda" if o.device == "gpu" else "cpu"
    o.tokens, o.width = 0, 0
    o.next = itertools.cycle([o.seq])
    if o.lengths:
        with open(o.lengths) as lines:
            o.next = itertools.cycle([min(o.seq, int(line)) for line in lines if line.strip()])
    return o


def batch(o, torch, vocabulary, draw, count=None):
    """Random texts side by side, padded to the longest, and 1 where they are not padding."""
    lengths = [next(o.next) for _ in range(count or o.batch)]
    width = max(lengths)
    o.tokens += sum(lengths)
    o.width += width * len(lengths)
    mask = (torch.arange(width)[None, :] < torch.tensor(lengths)[:, None]).long()
    return torch.randint(5, vocabulary, mask.shape, generator=draw) * mask, mask


def peak_mb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))


def row(o, bench, variant, milliseconds, case="", **more):
    if o.lengths:
        case = os.path.basename(o.lengths)
        more["padding"] = round(1 - o.tokens / o.width, 3)
    print(json.dumps({
        "side": "pytorch", "bench": bench, "case": case, "shape": o.shape, "batch": o.batch, "seq": o.seq,
        "threads": o.threads, "device": o.device, "dtype": "bf16" if o.bf16 else "fp32", "variant": variant,
        "median_ms": round(statistics.median(milliseconds), 3), "min_ms": round(min(milliseconds), 3),
        "n": len(milliseconds), "hwm_mb": peak_mb(), **more}), flush=True)


def config(o, labels):
    from transformers import BertConfig

    vocabulary, hidden, layers = SHAPES[o.shape]
    return BertConfig(vocab_size=vocabulary, hidden_size=hidden, num_hidden_layers=layers,
                      num_attention_heads=hidden // 64, intermediate_size=4 * hidden, num_labels=labels)


def adamw(torch, model, rate=1e-4):
    plain = [p for n, p in model.named_parameters() if "bias" in n or "LayerNorm" in n]
    decayed = [p for n, p in model.named_parameters() if not ("bias" in n or "LayerNorm" in n)]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, fused=True)


def time_updates(o, torch, model, loss_of_a_new_batch, clip=1.0, others=()):
    optimisers = [adamw(torch, model), *others]
    milliseconds = []
    before = 0.0
    for update in range(o.warmup + o.steps):
        if update == o.warmup:
            before = time.process_time()
        start = time.perf_counter()
        with torch.autocast(o.place, torch.bfloat16, enabled=o.bf16):
            loss = loss_of_a_new_batch()
        loss.backward()
        if clip:
            torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
        for optimiser in optimisers:
            optimiser.step()
            optimiser.zero_grad()
        loss.item()
        if update >= o.warmup:
            milliseconds.append((time.perf_counter() - start) * 1e3)
    o.cpu_ms = round((time.process_time() - before) * 1e3 / o.steps, 3)
    return milliseconds


def step(o, torch):
    from transformers import BertForSequenceClassification

    model = BertForSequenceClassification(config(o, 3)).to(o.place).train()
    draw = torch.Generator().manual_seed(7)

    def loss():
        ids, mask = batch(o, torch, model.config.vocab_size, draw)
        labels = torch.randint(0, 3, (o.batch,), generator=draw)
        ids, mask, labels = ids.to(o.place), mask.to(o.place), labels.to(o.place)
        logits = model(input_ids=ids, attention_mask=mask).logits
        return torch.nn.functional.cross_entropy(logits.float(), labels)

    row(o, "finetune_step", "eager, fused AdamW", time_updates(o, torch, model, loss), cpu_ms=o.cpu_ms)


def masked(o, torch):
    from transformers import BertForMaskedLM

    model = BertForMaskedLM(config(o, 3)).to(o.place).train()
    draw = torch.Generator().manual_seed(7)

    def loss():
        ids, mask = batch(o, torch, model.config.vocab_size, draw)
        labels = ids.clone()
        hidden = (torch.rand(ids.shape, generator=draw) < 0.15) & (mask == 1)
        labels[~hidden] = -100
        fate = torch.rand(ids.shape, generator=draw)
        ids[hidden & (fate < 0.8)] = 4
        other = hidden & (fate >= 0.8) & (fate < 0.9)
        ids[other] = torch.randint(5, model.config.vocab_size, (int(other.sum()),), generator=draw)
        ids, mask, labels = ids.to(o.place), mask.to(o.place), labels.to(o.place)
        return model(input_ids=ids, attention_mask=mask, labels=labels).loss

    row(o, "masked_step", "eager, fused AdamW", time_updates(o, torch, model, loss))


def classifier(o, torch, labels):
    """An encoder with a linear head, which also gives its features: BertForSequenceClassification keeps them."""
    from transformers import BertModel

    class Classifier(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.config = config(o, labels)
            self.encoder = BertModel(self.config)
            self.dropout = torch.nn.Dropout(0.1)
            self.head = torch.nn.Linear(self.config.hidden_size, labels)

        def forward(self, ids, mask):
            read = self.encoder(input_ids=ids.to(o.place), attention_mask=mask.to(o.place))
            logits = self.head(self.dropout(read.pooler_output)).float()
            return logits, read.pooler_output.float(), read.last_hidden_state[:, 0].float()

    return Classifier().to(o.place).train()


def iwda(o, torch):
    """METHODS of Xian et al. as their code has it: one backward pass, gradient reversal, a second-order penalty."""
    functional, k, rate, lam, mu = torch.nn.functional, 3, 5e-3, 5e-3, 10.0
    model = classifier(o, torch, k)
    critic = torch.nn.Sequential(
        torch.nn.Linear(k * model.config.hidden_size, 2048), torch.nn.ReLU(), torch.nn.Linear(2048, 1)).to(o.place)
    p = torch.full((k,), 1 / k, device=o.place)
    first, d = torch.ones(k, device=o.place), torch.nn.Parameter(torch.zeros(k, device=o.place))
    running = {"confusion": torch.diag(p), "prediction": p.clone()}
    draw = torch.Generator().manual_seed(7)
    others = [
        torch.optim.AdamW(critic.parameters(), lr=5e-4, weight_decay=0.01, fused=True),
        torch.optim.AdamW([d], lr=5e-4, weight_decay=2.0, fused=True)]

    class Reverse(torch.autograd.Function):
        @staticmethod
        def forward(context, z):
            return z.view_as(z)

        @staticmethod
        def backward(context, gradient):
            return -lam * gradient

    def move(name, counts):
        running[name] = (1 - rate) * running[name] + rate * counts
        return running[name] / running[name].sum()

    def conditioned(logits, g):
        return (logits.softmax(1).detach().unsqueeze(2) * g.unsqueeze(1)).flatten(1)

    def texts():
        return batch(o, torch, model.config.vocab_size, draw)

    def loss():
        with torch.no_grad():
            w = (first + d).clamp(min=0)
            w = w / (p @ w)
            d.copy_(w - first)
        labels = torch.randint(0, k, (o.batch,), generator=draw).to(o.place)
        logits, g, _ = model(*texts())
        total = functional.cross_entropy(logits, labels)
        confusion = torch.zeros(k, k, device=o.place).index_put_(
            (logits.detach().argmax(1), labels), torch.ones(o.batch, device=o.place), accumulate=True)
        c = move("confusion", confusion)
        logits_target, g_target, _ = model(*texts())
        t = move("prediction", torch.bincount(logits_target.detach().argmax(1), minlength=k).float())
        total = total + (c @ (first + d) - t).square().sum()
        z, z_target = conditioned(logits, g), conditioned(logits_target, g_target)
        score, score_target = critic(Reverse.apply(z))[:, 0], critic(Reverse.apply(z_target))[:, 0]
        total = total + (w[labels] * score.float()).mean() - score_target.float().mean()
        u = torch.rand(o.batch, 1, device=o.place)
        between = (u * z.detach() + (1 - u) * z_target.detach()).requires_grad_()
        slope, = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
        return total + mu * slope.float().square().sum(1).mean()

    row(o, "iwda_step", "eager, fused AdamW, autograd.grad with create_graph",
        time_updates(o, torch, model, loss, clip=0, others=others), cpu_ms=o.cpu_ms)


def labels(o, torch):
    """Cross-entropy and the supervised contrastive loss of Yu & Joty (2021), eq. 2."""
    functional, k, tau, weight = torch.nn.functional, 3, 0.3, 0.5
    model = classifier(o, torch, k)
    draw = torch.Generator().manual_seed(7)
    itself = torch.eye(o.batch, dtype=torch.bool, device=o.place)

    def loss():
        ids, mask = batch(o, torch, model.config.vocab_size, draw)
        y = torch.randint(0, k, (o.batch,), generator=draw).to(o.place)
        logits, _, first = model(ids, mask)
        h = functional.normalize(first, dim=1)
        shares = (h @ h.T / tau).masked_fill(itself, -1e9).log_softmax(1)
        same = (y[:, None] == y[None, :]) & ~itself
        near = (shares * same).sum(1) / same.sum(1).clamp(min=1)
        return functional.cross_entropy(logits, y) - weight * near.mean()

    row(o, "label_alignment_step", "eager, fused AdamW", time_updates(o, torch, model, loss, clip=0), cpu_ms=o.cpu_ms)


def semantic(o, torch):
    """Cross-entropy and semantic alignment of one text, its b translations and b other texts: ibid., eq. 4 and 5."""
    functional, k, tau, weight, b = torch.nn.functional, 3, 0.3, 0.5, o.translations
    model = classifier(o, torch, k)
    draw = torch.Generator().manual_seed(7)

    def loss():
        ids, mask = batch(o, torch, model.config.vocab_size, draw, 2 * b + 1)
        own = torch.randint(0, k, (1,), generator=draw)
        y = torch.cat([own.expand(b + 1), (own + torch.randint(1, k, (b,), generator=draw)) % k])
        y = y.to(o.place)
        logits, _, first = model(ids, mask)
        h = functional.normalize(first, dim=1)
        shares = (h[:1] @ h[1:].T / tau).log_softmax(1)
        return functional.cross_entropy(logits, y) - weight * shares[0, :b].sum()

    o.batch = 2 * b + 1
    row(o, "semantic_alignment_step", "eager, fused AdamW", time_updates(o, torch, model, loss, clip=0), cpu_ms=o.cpu_ms)


def ear(o, torch):
    """Texts and copies, each through all layers with attention shown: Ding et al. (2022), as their code takes means."""
    from transformers import BertModel

    functional, k, alpha, beta = torch.nn.functional, 3, 1.0, 0.1
    made = config(o, k)
    made._attn_implementation = "eager"  # the only one that shows probabilities
    encoder = BertModel(made)
    layer = made.num_hidden_layers // 2

    class Classifier(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder, self.head = encoder, torch.nn.Linear(made.hidden_size, k)
            self.dropout = torch.nn.Dropout(0.1)

        def forward(self, ids, mask):
            read = self.encoder(input_ids=ids, attention_mask=mask, output_attentions=True, output_hidden_states=True)
            mean = (read.hidden_states[0] * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            return self.head(self.dropout(read.pooler_output)).float(), mean, read.attentions[layer - 1]

    model = Classifier().to(o.place).train()
    draw = torch.Generator().manual_seed(7)

    def loss():
        ids, mask = batch(o, torch, made.vocab_size, draw)
        other, other_mask = batch(o, torch, made.vocab_size, draw)
        width = max(ids.shape[1], other.shape[1])
        ids, mask, other, other_mask = (functional.pad(each, (0, width - each.shape[1])).to(o.place)
                                        for each in (ids, mask, other, other_mask))
        y = torch.randint(0, k, (o.batch,), generator=draw).to(o.place)
        logits, mean, attention = model(ids, mask)
        others, other_mean, other_attention = model(other, other_mask)
        pushed = functional.mse_loss(mean, other_mean)
        pulled = functional.mse_loss(attention, other_attention)
        return (functional.cross_entropy(logits, y) + functional.cross_entropy(others, y)
                - alpha * pushed + beta * pulled)

    row(o, "ear_step", "eager attention, fused AdamW", time_updates(o, torch, model, loss, clip=0), cpu_ms=o.cpu_ms)


def parse(o, torch):
    """A biaffine parser as Dozat & Manning describe it and Wu et al. size it, with torch's own layers: every word
    has a random head and relation, each fourth token goes on with the word before it, and the first is the root."""
    from transformers import BertModel

    functional, relations, arc, relation, drop = torch.nn.functional, 37, 512, 128, 0.33
    made = config(o, relations)

    def shared(x, p):
        return x * functional.dropout(torch.ones_like(x[:, :1]), p)

    class Parser(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder = BertModel(made, add_pooling_layer=False)
            for name, width in (("arc", arc), ("relation", relation)):
                for place in ("dependent", "head"):
                    setattr(self, f"{name}_{place}", torch.nn.Linear(made.hidden_size, width))
            self.arc_scorer = torch.nn.Parameter(torch.empty(arc + 1, arc + 1))
            torch.nn.init.xavier_uniform_(self.arc_scorer)
            self.arc_bias = torch.nn.Parameter(torch.zeros(1))
            self.relation_scorer = torch.nn.Bilinear(relation, relation, relations)

        def forward(self, ids, mask, words, there, heads, which):
            """words [b, m]: the token of each place, the root's first; there [b, m]; heads and which [b, m - 1]."""
            states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            read = shared(states.gather(1, words[..., None].expand(-1, -1, states.shape[2])), 0.1)
            a, c, d, e = (shared(functional.elu(layer(read)), drop) for layer in (
                self.arc_dependent, self.arc_head, self.relation_dependent, self.relation_head))
            one = torch.ones_like(a[..., :1])
            scores = torch.cat([a, one], 2) @ self.arc_scorer @ torch.cat([c, one], 2).transpose(1, 2) + self.arc_bias
            itself = torch.eye(words.shape[1], dtype=torch.bool, device=ids.device)
            scores = scores.float().masked_fill(~there[:, None, :] | itself, -1e30)
            known = there[:, 1:]
            chosen = e.gather(1, heads[..., None].expand(-1, -1, relation))
            labels = self.labels(d[:, 1:][known], chosen[known])
            return (functional.cross_entropy(scores[:, 1:][known], heads[known])
                    + functional.cross_entropy(labels.float(), which[known]))

        def labels(self, dependents, heads):
            if not o.tuned:
                return self.relation_scorer(dependents, heads)
            beside = self.relation_scorer.weight.transpose(0, 1).reshape(relation, -1)
            products = (dependents @ beside).view(-1, relations, relation)
            return (products @ heads[..., None])[..., 0] + self.relation_scorer.bias

    model = Parser().to(o.place).train()
    draw = torch.Generator().manual_seed(7)

    def loss():
        ids, mask = batch(o, torch, made.vocab_size, draw)
        lengths = mask.sum(1)
        places = torch.tensor([0] + [token for token in range(1, ids.shape[1] - 1) if token % 4])
        there = places[None, :] < lengths[:, None] - 1
        count = there.sum(1, keepdim=True) - 1
        numbers = torch.arange(1, len(places))
        heads = (torch.rand(o.batch, len(numbers), generator=draw) * count).long()
        heads = (heads + (heads >= numbers)).clamp(max=len(places) - 1)
        which = torch.randint(0, relations, heads.shape, generator=draw)
        words = places.expand(o.batch, -1)
        return model(*(each.to(o.place) for each in (ids, mask, words, there, heads, which)))

    row(o, "parse_step", "relations by two products" if o.tuned else "torch's Bilinear",
        time_updates(o, torch, model, loss, clip=0), cpu_ms=o.cpu_ms)


def trainer_arguments(o, **more):
    from transformers import TrainingArguments

    return TrainingArguments(
        output_dir=tempfile.mkdtemp(), per_device_train_batch_size=o.batch, per_device_eval_batch_size=o.batch,
        report_to=[], use_cpu=o.device == "cpu", disable_tqdm=True, save_strategy="no", logging_strategy="no", bf16=o.bf16,
        dataloader_pin_memory=False, seed=1, **more)


def label(o, torch):
    from transformers import BertForSequenceClassification, Trainer

    model = BertForSequenceClassification(config(o, 9)).eval()
    with open(o.ids) as lines:
        texts = [{"input_ids": json.loads(line)["ids"]} for line in lines]

    def padded(batch):
        width = max(len(text["input_ids"]) for text in batch)
        ids = torch.zeros(len(batch), width, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for i, text in enumerate(batch):
            ids[i, : len(text["input_ids"])] = torch.tensor(text["input_ids"])
            mask[i, : len(text["input_ids"])] = 1
        return {"input_ids": ids, "attention_mask": mask}

    trainer = Trainer(model=model, args=trainer_arguments(o), data_collator=padded)
    milliseconds, before = [], 0.0
    for repetition in range(-1, o.steps):
        if repetition == 0:
            before = time.process_time()
        start = time.perf_counter()
        trainer.predict(texts)
        if repetition >= 0:
            milliseconds.append((time.perf_counter() - start) * 1e3)
    cpu_ms = round((time.process_time() - before) * 1e3 / o.steps, 3)
    row(o, "infer", "Trainer.predict", milliseconds, cpu_ms=cpu_ms, count=len(texts),
        sent_per_s=round(len(texts) / min(milliseconds) * 1e3, 1))


def augment(o, torch):
    """Successive max over the places that our side chose: its copies, or a complaint."""
    from tokenizers import Tokenizer
    from transformers import BertForMaskedLM

    def lines(name):
        with open(os.path.join(o.folder, name)) as file:
            return [json.loads(line) for line in file]

    model = BertForMaskedLM.from_pretrained(os.path.join(o.folder, "encoder")).to(o.place).eval()
    tokenizer = Tokenizer.from_file(os.path.join(o.folder, "encoder", "tokenizer.json"))
    begin, end, mask, pad = (tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[MASK]", "[PAD]"))
    tokens = [tokenizer.id_to_token(i) or "" for i in range(model.config.vocab_size)]
    special = {i for i, token in tokenizer.get_added_tokens_decoder().items() if token.special}
    words_of = {sentence["id"]: sentence["words"] for sentence in lines("sentences.jsonl")}
    copies = lines("copies.jsonl")

    def never(lettered):
        fits = [i not in special and token.strip() != "" and not token.startswith("##")
                and (not lettered or any(c.isalnum() for c in token)) for i, token in enumerate(tokens)]
        return torch.where(torch.tensor(fits), 0.0, -1e30)

    rows = torch.stack([never(False), never(True)]).to(o.place)

    def pieces(words):
        encoded = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        own = [[] for _ in words]
        for piece, word in zip(encoded.ids, encoded.word_ids):
            own[word].append(piece)
        return own

    def begin_copy(copy):
        words = words_of[copy["of"]]
        return pieces(words), list(words), [any(c.isalnum() for c in words[place]) for place in copy["masked"]]

    def masked(own, place):
        before = [piece for word in own[:place] for piece in word]
        after = [piece for word in own[place + 1:] for piece in word]
        return [begin, *before, mask, *after, end], len(before) + 1

    def write(own, words, place, piece):
        own[place], words[place] = [piece], tokens[piece]

    def one_by_one():
        made = []
        for copy in copies:
            own, words, lettered = begin_copy(copy)
            for place, letters in zip(copy["masked"], lettered):
                ids, hole = masked(own, place)
                logits = model(torch.tensor([ids], device=o.place)).logits[0, hole]
                write(own, words, place, int((logits + rows[int(letters)]).argmax()))
            made.append(words)
        return made

    def together():
        begun = [begin_copy(copy) for copy in copies]
        for r in range(max(len(copy["masked"]) for copy in copies)):
            waiting = [(i, *masked(begun[i][0], copy["masked"][r])) for i, copy in enumerate(copies)
                       if r < len(copy["masked"])]
            waiting.sort(key=lambda one: -len(one[1]))
            while waiting:
                width = len(waiting[0][1])
                group, waiting = waiting[:max(1, 4096 // width)], waiting[max(1, 4096 // width):]
                ids = torch.full((len(group), width), pad)
                for row_, (_, own, _) in enumerate(group):
                    ids[row_, :len(own)] = torch.tensor(own)
                ids = ids.to(o.place)
                hidden = model.bert(input_ids=ids, attention_mask=(ids != pad).long()).last_hidden_state
                logits = model.cls(hidden[torch.arange(len(group)), [hole for _, _, hole in group]])
                best = (logits + rows[[int(begun[i][2][r]) for i, _, _ in group]]).argmax(1).tolist()
                for (i, _, _), piece in zip(group, best):
                    write(begun[i][0], begun[i][1], copies[i]["masked"][r], piece)
        return [words for _, words, _ in begun]

    milliseconds, made, before = [], [], 0.0
    with torch.inference_mode():
        for repetition in range(-min(1, o.warmup), o.steps):
            if repetition == 0:
                before = time.process_time()
            start = time.perf_counter()
            made = together() if o.batched else one_by_one()
            if repetition >= 0:
                milliseconds.append((time.perf_counter() - start) * 1e3)
    same = sum(words == copy["words"] for words, copy in zip(made, copies))
    row(o, "augment", "masks of all sentences together" if o.batched else "one sentence and mask at a time", milliseconds,
        sentences=len(words_of), copies=len(copies), same=same,
        cpu_ms=round((time.process_time() - before) * 1e3 / o.steps, 3))


def finetune(o, torch):
    from transformers import (AutoModelForSequenceClassification, AutoTokenizer, DataCollatorWithPadding, Trainer,
                              set_seed)

    start = time.perf_counter()
    set_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(o.encoder)

    def read(split):
        with open(os.path.join(o.data, split + ".jsonl")) as lines:
            return [json.loads(line) for line in lines]

    rows = {split: read(split) for split in ("train", "dev")}
    labels = sorted({r["label"] for r in rows["train"]})

    def data(split):
        encoded = tokenizer([r["text"] for r in rows[split]], truncation=True, max_length=o.seq)
        return [{"input_ids": ids, "labels": labels.index(r["label"])}
                for ids, r in zip(encoded["input_ids"], rows[split])]

    model = AutoModelForSequenceClassification.from_pretrained(o.encoder, num_labels=len(labels))
    more = {"group_by_length": True, "optim": "adamw_torch_fused"} if o.tuned else {}
    trainer = Trainer(
        model=model, train_dataset=data("train"), eval_dataset=data("dev"),
        args=trainer_arguments(o, num_train_epochs=o.epochs, learning_rate=o.rate, warmup_ratio=0.1,
                               weight_decay=0.01, **more),
        data_collator=DataCollatorWithPadding(tokenizer),
        compute_metrics=lambda p: {"accuracy": float((p.predictions.argmax(-1) == p.label_ids).mean())})
    trainer.train()
    accuracy = trainer.evaluate()["eval_accuracy"]
    row(o, "finetune", "Trainer", [(time.perf_counter() - start) * 1e3], case="tuned" if o.tuned else "",
        accuracy=round(accuracy, 4))


BENCHMARKS = {
    "step": step, "masked": masked, "iwda": iwda, "labels": labels, "semantic": semantic, "ear": ear, "parse": parse,
    "label": label, "augment": augment, "finetune": finetune}


def main():
    o = options()
    import torch

    torch.set_num_threads(o.threads)
    torch.manual_seed(1)
    BENCHMARKS[o.what](o, torch)


if __name__ == "__main__":
    main()
