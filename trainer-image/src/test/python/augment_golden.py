"""Writes augment/golden.json: copies of sentences, texts and pairs made one at a time by transformers, for CopyMakerTest.

    python augment_golden.py > ../resources/dev/isogloss/trainer/augment/golden.json

The encoders are the folders of GoldenTest; their tokenizers are made here. One forward pass a mask, no batch, no
padding. The only thing shared with the Java program is the generator of random numbers, written a second time in
selection_golden.py. Needs torch, transformers and tokenizers; the numbers committed were made with transformers 4.57.
"""

import json
import random
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForMaskedLM

from selection_golden import numbers, shuffled

ENCODERS = Path(__file__).parent / "../resources/dev/isogloss/trainer/encoder/golden"
STARTS = ["haus", "boot", "see", "alt", "neu", "rot", "und", "im", "am", "zu", "7", "12", "wald", "berg", "tal", "weg"]
MARKS = [".", ",", "!", "-"]
ENDS = ["en", "er", "es", "s", "e", "n", "lein", "chen", "9"]
SIGNS = ["山", "川", "木", "人", "。"]


def word_piece():
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + STARTS + MARKS + ["##" + end for end in ENDS] + SIGNS
    tokens += [f"wort{i}" for i in range(61 - len(tokens))]
    tokens[5:] = random.Random(2).sample(tokens[5:], 56)  # so that continuations are among what the encoder likes
    around = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
              {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added(tokens[:5]),
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": False},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing", "single": around, "pair": around,
                           "special_tokens": {t: {"id": t, "ids": [tokens.index(t)], "tokens": [t]}
                                              for t in ("[CLS]", "[SEP]")}},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": False},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": {token: i for i, token in enumerate(tokens)}},
    }


def unigram():
    tokens = ["<s>", "<pad>", "</s>", "<unk>"] + ["▁" + start for start in STARTS] + ["▁" + m for m in MARKS]
    tokens += ENDS + SIGNS + ["▁"]
    tokens += [f"▁wort{i}" for i in range(60 - len(tokens))] + ["<mask>"]
    tokens[4:-1] = random.Random(2).sample(tokens[4:-1], 56)
    around = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
              {"SpecialToken": {"id": "</s>", "type_id": 0}}]
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [entry for entry in added(tokens) if entry["content"].startswith("<")],
        "normalizer": None,
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "post_processor": {"type": "TemplateProcessing", "single": around, "pair": around,
                           "special_tokens": {t: {"id": t, "ids": [tokens.index(t)], "tokens": [t]}
                                              for t in ("<s>", "</s>")}},
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "model": {"type": "Unigram", "unk_id": 3,
                  "vocab": [[token, 0.0 if token.startswith("<") else -2.0 - 0.01 * i]
                            for i, token in enumerate(tokens)]},
    }


def added(tokens):
    return [{"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
             "special": True} for i, token in enumerate(tokens)]


class Generator:
    def __init__(self, family, tokenizer, marks):
        self.tokenizer = Tokenizer.from_str(json.dumps(tokenizer))
        self.model = AutoModelForMaskedLM.from_pretrained(ENCODERS / family).eval()
        self.begin, self.mask, self.end = (self.tokenizer.token_to_id(mark) for mark in marks)
        self.special = {entry["id"] for entry in tokenizer["added_tokens"]}
        self.tokens = [self.tokenizer.id_to_token(i) for i in range(61)]

    def pieces(self, word, spaced):
        ids = self.tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False).ids
        return ids[1:] if not spaced and len(ids) > 1 and self.tokens[ids[0]] == "▁" else ids

    def text(self, i):
        return self.tokens[i].removeprefix("▁").removeprefix("##")

    def starts(self, i):
        token = self.tokens[i]
        metaspace = self.tokenizer.token_to_id("▁") is not None
        return token.startswith("▁") if metaspace else not token.startswith("##")

    def allowed(self, word, spaced, fill):
        for i in range(61):
            if i in self.special or not self.text(i).strip():
                continue
            if any(c.isalnum() for c in word) and not any(c.isalnum() for c in self.text(i)):
                continue
            if fill == "WordStarts" and not (self.starts(i) if spaced else self.text(i) == self.tokens[i]):
                continue
            yield i

    def best(self, ids, place, allowed):
        with torch.no_grad():
            scores = self.model(torch.tensor([[self.begin, *ids, self.end]])).logits[0, place + 1]
        return max(allowed, key=lambda i: (scores[i].item(), -i))


def places(words, spaced, masks, settings, number, side):
    """The places of each copy, drawn as MaskPositions describes it."""
    least = settings["minCharacters"] if spaced else 1
    eligible = [i for i, w in enumerate(words) if len(w) >= least] or list(range(len(words)))
    sequence, copies = [], []

    def passes():
        turn = 0
        while True:
            stream = numbers(settings["seed"], "positions", number, side, turn)
            yield from shuffled(stream, len(eligible))
            turn += 1

    endless = passes()
    for _ in range(settings["copies"]):
        copy = []
        while len(copy) < min(masks, len(eligible)):
            place = eligible[next(endless)]
            if place not in copy:
                copy.append(place)
        if sorted(copy) not in sequence:
            sequence.append(sorted(copy))
            copies.append(copy)
    return copies


def copies(generator, words, spaced, settings, number, side):
    made = []
    masks = max(1, int(len(words) * settings["share"] + 1e-9))
    for chosen in places(words, spaced, masks, settings, number, side):
        pieces = [generator.pieces(word, spaced) for word in words]
        new, grown = list(words), set()
        for place in chosen:
            before = sum(pieces[:place], [])
            after = sum(pieces[place + 1:], [])
            allowed = generator.allowed(words[place], spaced, settings["fill"])
            best = generator.best(before + [generator.mask] + after, len(before), allowed)
            pieces[place] = [best]
            new[place] = generator.text(best)
            if spaced and place > 0 and not generator.starts(best):
                grown.add(place)
        text = "".join((" " if spaced and i and i not in grown else "") + w for i, w in enumerate(new))
        made.append({"words": new, "text": text, "masked": chosen, "grown": bool(grown)})
    return made


def sentence(rng, spaced, longest):
    if not spaced:
        return [rng.choice(SIGNS) for _ in range(rng.randint(2, longest))]
    words = []
    for _ in range(rng.randint(1, longest)):
        word = rng.choice(STARTS)
        words.append(word + rng.choice(ENDS) if rng.random() < 0.3 else word if rng.random() < 0.9 else rng.choice(MARKS))
    return words


def tagged_without_spaces(rng, longest):
    """Words of signs, of which a tagged sentence has a file's own; now and then one of letters."""
    words = ["".join(sentence(rng, False, 3)) for _ in range(rng.randint(2, longest))]
    return words + ([rng.choice(STARTS[:4])] if rng.random() < 0.3 and len(words) > 2 else [])


def case(rng, number, generators, kind):
    family = rng.choice(list(generators))
    generator = generators[family]
    settings = {"share": rng.choice([0.1, 0.3, 0.5]), "copies": rng.choice([1, 2, 3, 6]),
                "minCharacters": rng.choice([1, 3]), "fill": rng.choice(["WordStarts", "AnyPiece"]),
                "leastWords": 2, "mostWords": 6, "seed": rng.choice([1, 7])}
    spaced = kind in ("words", "text", "pair")
    sides = [tagged_without_spaces(rng, 4) if kind == "unspaced words" else sentence(rng, spaced, 7)
             for _ in range(2 if kind == "pair" else 1)]
    made = [copies(generator, words, spaced, settings, number, side) for side, words in enumerate(sides)]
    if kind in ("words", "unspaced words"):
        inside = settings["leastWords"] <= len(sides[0]) <= settings["mostWords"]
        expected = [{"words": c["words"], "masked": c["masked"]} for c in made[0] if inside and not c["grown"]]
    elif kind == "pair":
        expected = [{"text": a["text"], "second": b["text"], "masked": a["masked"], "maskedSecond": b["masked"]}
                    for a in made[0] for b in made[1]]
    else:
        expected = [{"text": c["text"], "masked": c["masked"]} for c in made[0]]
    return {"family": family, "kind": kind, "number": number, "settings": settings,
            "sides": sides if "words" in kind else [(" " if spaced else "").join(s) for s in sides],
            "copies": expected}


if __name__ == "__main__":
    tokenizers = {"bert": word_piece(), "xlm-roberta": unigram()}
    generators = {"bert": Generator("bert", tokenizers["bert"], ("[CLS]", "[MASK]", "[SEP]")),
                  "xlm-roberta": Generator("xlm-roberta", tokenizers["xlm-roberta"], ("<s>", "<mask>", "</s>"))}
    kinds = ["words", "text", "pair", "unspaced"]
    rng = random.Random(11)
    cases = [case(rng, number, generators, kinds[number % 4]) for number in range(160)]
    cases += [case(rng, number, generators, "unspaced words") for number in range(160, 200)]
    json.dump({"tokenizers": tokenizers, "cases": cases}, sys.stdout, separators=(",", ":"), ensure_ascii=False)
    print()
