"""Small tokenizers of the kinds that people bring, and what Python's `tokenizers` makes of texts and of split words.

    python tokenizer_golden.py > ../resources/dev/isogloss/trainer/tokenizer/golden.json

Split words of a byte-level vocabulary are read as Python's RoBERTa insists on, with `add_prefix_space=True`, and with
Metaspace's `prepend_scheme: never` as `always` reads them. Made with tokenizers 0.22.2.
"""

import copy
import json

from tokenizers import Tokenizer


def special(id, content, **more):
    return {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
            "normalized": False, "special": True, **more}


def template(cls, sep, ids):
    part = lambda name: {"SpecialToken": {"id": name, "type_id": 0}}
    a, b = {"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}
    return {"type": "TemplateProcessing", "single": [part(cls), a, part(sep)],
            "pair": [part(cls), a, part(sep), part(sep), b, part(sep)],
            "special_tokens": {name: {"id": name, "ids": [id], "tokens": [name]} for name, id in zip((cls, sep), ids)}}


def file(model, added, pre_tokenizer, post_processor, normalizer=None):
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": normalizer,
            "pre_tokenizer": pre_tokenizer, "post_processor": post_processor, "decoder": None, "model": model}


XLM = [special(0, "<s>"), special(1, "<pad>"), special(2, "</s>"), special(3, "<unk>")]
AROUND = template("<s>", "</s>", (0, 2))


def byte_level(prefix):
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "Ġ", "t", "h", "e", "c", "a", "s", ".", ",", "th", "the", "Ġthe", "Ġt",
              "Ġth", "ca", "Ġc", "Ġca", "Ġa", "Ġs"]
    merges = [["t", "h"], ["th", "e"], ["Ġ", "t"], ["Ġt", "h"], ["Ġth", "e"], ["c", "a"], ["Ġ", "c"], ["Ġc", "a"],
              ["Ġ", "a"], ["Ġ", "s"]]
    model = {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "",
             "end_of_word_suffix": "", "fuse_unk": False, "byte_fallback": False,
             "vocab": {piece: id for id, piece in enumerate(pieces)}, "merges": merges}
    pre = {"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": True, "use_regex": True}
    return file(model, XLM + [special(23, "<mask>", lstrip=True)], pre, AROUND)


def unigram(metaspace, unk_id=3):
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "t", "h", "e", "c", "a", "s", "▁the", "the", "▁ca", "ca", "▁c", "▁a"]
    model = {"type": "Unigram", "unk_id": unk_id, "byte_fallback": False,
             "vocab": [[piece, 0.0 if id < 4 else -2.0 - 0.1 * id] for id, piece in enumerate(pieces)]}
    pre = {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
                                                 {"type": "Metaspace", "replacement": "▁", **metaspace}]}
    if metaspace.get("prepend_scheme") == "never":
        pre = pre["pretokenizers"][1]
    return file(model, XLM, pre, AROUND)


def word_piece(post_processor=True, added=()):
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "ca", "##t", "##s", "c", "a", "##a", "."]
    model = {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
             "max_input_chars_per_word": 100, "vocab": {piece: id for id, piece in enumerate(pieces)}}
    bert = [special(id, pieces[id]) for id in range(5)]
    normalizer = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
                  "lowercase": True}
    return file(model, bert + list(added), {"type": "BertPreTokenizer"},
                template("[CLS]", "[SEP]", (2, 3)) if post_processor else None, normalizer)


def spaced(tree):
    """The same with a space before split words."""
    tree = copy.deepcopy(tree)
    pre = tree["pre_tokenizer"]
    if pre["type"] == "ByteLevel":
        pre["add_prefix_space"] = True
    if pre.get("prepend_scheme") == "never":
        pre["prepend_scheme"] = "always"
    return tree


KINDS = {
    "byte level": byte_level(False),
    "byte level with a space before": byte_level(True),
    "metaspace, always": unigram({"prepend_scheme": "always", "split": True}),
    "metaspace, first": unigram({"prepend_scheme": "first", "split": True}),
    "metaspace, never": unigram({"prepend_scheme": "never", "split": True}),
    "metaspace of old": unigram({"add_prefix_space": True}),
    "word piece": word_piece(),
    "word piece without post-processor": word_piece(False),
    "added token beyond a gap": word_piece(added=[special(20, "@user")]),
    "added token that is text": word_piece(added=[special(13, "theca", special=False, normalized=True)]),
}
TEXTS = ["the cats, the act.", "the", " the  cat", "<mask> the [MASK] cat", "cat @user theca", "Ωmega", "cat.the"]
WORDS = [["the", "cats", ",", "the", "act", "."], ["the"], ["<mask>", "cat"], ["cat", "@user", "theca"]]

golden = []
for name, tree in KINDS.items():
    library = Tokenizer.from_str(json.dumps(tree))
    split = Tokenizer.from_str(json.dumps(spaced(tree)))
    golden.append({
        "kind": name,
        "file": tree,
        "texts": [{"text": text, "ids": library.encode(text).ids} for text in TEXTS],
        "words": [{"words": words, "ids": split.encode(words, is_pretokenized=True).ids} for words in WORDS],
    })
print(json.dumps(golden, ensure_ascii=False))
