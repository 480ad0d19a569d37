"""The Python half of TransformersTest.

    folders.py logits FOLDER...   opens folders with transformers and writes each one's logits next to its ids.safetensors
    folders.py make PARENT        saves one small random model per family and head there, with ids and logits
"""

import sys
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file, save_file

SMALL = dict(vocab_size=61, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
             id2label={0: "a", 1: "b", 2: "c"}, label2id={"a": 0, "b": 1, "c": 2})
FAMILIES = {
    "Bert": lambda: transformers.BertConfig(max_position_embeddings=24, **SMALL),
    "Roberta": lambda: transformers.RobertaConfig(max_position_embeddings=26, layer_norm_eps=1e-5, type_vocab_size=1,
                                                  **SMALL),
    "XLMRoberta": lambda: transformers.XLMRobertaConfig(max_position_embeddings=26, layer_norm_eps=1e-5,
                                                        type_vocab_size=1, **SMALL),
}
HEADS = ["ForMaskedLM", "ForSequenceClassification", "ForTokenClassification"]


def logits(folder, model):
    model.eval()
    given = {name: value.long() for name, value in load_file(folder / "ids.safetensors").items()}
    if model.config.type_vocab_size < 2:
        del given["token_type_ids"]
    with torch.no_grad():
        save_file({"logits": model(**given).logits.contiguous()}, folder / "logits.safetensors")


def make(parent):
    torch.manual_seed(7)
    for family, config in FAMILIES.items():
        for head in HEADS:
            folder = parent / (family + head)
            model = getattr(transformers, family + head)(config())
            with torch.no_grad():
                for weight in model.parameters():
                    weight.add_(torch.randn_like(weight) * 0.1)
            model.save_pretrained(folder)
            lengths = [9, 14, 3]
            mask = torch.tensor([[1.0] * n + [0.0] * (14 - n) for n in lengths])
            ids = torch.randint(2, 61, (3, 14)) * mask.long() + model.config.pad_token_id * (1 - mask.long())
            types = torch.zeros(3, 14)
            types[1, 6:] = 1
            save_file({"input_ids": ids.float(), "token_type_ids": types, "attention_mask": mask},
                      folder / "ids.safetensors")
            logits(folder, model)


def open_and_run(folder):
    name = transformers.AutoConfig.from_pretrained(folder).architectures[0]
    model, seen = getattr(transformers, name).from_pretrained(folder, output_loading_info=True)
    assert not seen["missing_keys"] and not seen["mismatched_keys"], (folder, seen)
    assert all("pooler" in key for key in seen["unexpected_keys"]), (folder, seen)
    logits(folder, model)
    if (folder / "tokenizer.json").stat().st_size > 10:
        assert transformers.AutoTokenizer.from_pretrained(folder)("b a")["input_ids"], folder


if __name__ == "__main__":
    transformers.logging.set_verbosity_error()
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]))
    else:
        for given in sys.argv[2:]:
            open_and_run(Path(given))
