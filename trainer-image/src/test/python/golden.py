"""Makes the golden folders of GoldenTest: small random encoders of both families, saved by transformers itself, and what
it computes with them. Needs torch and transformers; the files are committed, so tests do not need Python.

    python trainer-image/src/test/python/golden.py trainer-image/src/test/resources/dev/isogloss/trainer/encoder/golden
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import BertConfig, BertForPreTraining, XLMRobertaConfig, XLMRobertaForMaskedLM, XLMRobertaModel

SHAPE = dict(vocab_size=61, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
             attn_implementation="eager")


def bert():
    model = BertForPreTraining(BertConfig(max_position_embeddings=16, type_vocab_size=2, pad_token_id=0, **SHAPE))
    return model, model.bert, model.cls.predictions


def xlm_roberta():
    config = XLMRobertaConfig(max_position_embeddings=18, type_vocab_size=1, pad_token_id=1, layer_norm_eps=1e-5,
                              **SHAPE)
    model = XLMRobertaForMaskedLM(config)
    model.roberta = XLMRobertaModel(config, add_pooling_layer=True)
    model.tie_weights()
    return model, model.roberta, model.lm_head


def batch(config, lengths, inner_padding=False):
    """Random ids; rows 1, 3, ... are pairs; with inner_padding, one token in the middle has padding's id."""
    width = max(lengths)
    ids = torch.full((len(lengths), width), config.pad_token_id)
    types = torch.zeros_like(ids)
    mask = torch.zeros_like(ids)
    for row, length in enumerate(lengths):
        ids[row, :length] = torch.randint(2, config.vocab_size, (length,))
        mask[row, :length] = 1
        if row % 2 == 1:
            types[row, length // 2:length] = 1
    if inner_padding:
        ids[0, 2] = config.pad_token_id
    return ids, types, mask


def golden(folder, made):
    model, encoder, words = made
    config = model.config
    model.eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():  # far from their initial values, so that each of them matters
            weight.add_(torch.randn_like(weight) * 0.2)
    model.save_pretrained(folder)
    out = {}
    for case, (lengths, inner) in enumerate([([9, 5, 12, 1], False), ([7], False), ([16, 16], False), ([6, 4], True)]):
        ids, types, mask = batch(config, lengths, inner)
        given = dict(token_type_ids=types) if config.type_vocab_size > 1 else {}
        seen = encoder(ids, attention_mask=mask, output_hidden_states=True, output_attentions=True, **given)
        logits = words(seen.last_hidden_state)
        labels = torch.where((ids % 3 == 0) & (mask == 1), ids, torch.full_like(ids, -100))
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), label_smoothing=0.1)
        loss = loss + (seen.pooler_output * torch.arange(config.hidden_size)).mean()
        model.zero_grad()
        loss.backward()
        keep = {"ids": ids, "types": types, "lengths": mask.sum(1), "loss": loss, "pooled": seen.pooler_output}
        if case != 2:
            keep |= {"logits": logits}
        keep |= {f"hidden.{i}": h for i, h in enumerate(seen.hidden_states)}
        keep |= {f"attention.{i}": a for i, a in enumerate(seen.attentions) if case == 0}
        if case in (0, 3):
            keep |= {f"gradient.{n}": p.grad for n, p in model.named_parameters() if p.grad is not None}
        real = mask.bool()
        for name, value in keep.items():
            if name.startswith("hidden") or name == "logits":  # what stands on padding is nobody's business
                value = torch.where(real[..., None], value, torch.zeros(()))
            out[f"{case}.{name}"] = value.detach().float().contiguous()
    save_file(out, folder / "golden.safetensors")


if __name__ == "__main__":
    torch.manual_seed(20260101)
    golden(Path(sys.argv[1]) / "bert", bert())
    golden(Path(sys.argv[1]) / "xlm-roberta", xlm_roberta())
