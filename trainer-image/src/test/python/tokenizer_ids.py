"""What Python's `tokenizers` makes of texts: one JSON array of ids a line.

    python tokenizer_ids.py tokenizer.json texts.jsonl

A line of texts.jsonl is a string, an array of two strings (a pair), or an object {"words": [...]}.
"""

import json
import sys

from tokenizers import Tokenizer

tokenizer = Tokenizer.from_file(sys.argv[1])
tokenizer.no_truncation()
tokenizer.no_padding()
for line in open(sys.argv[2], encoding="utf-8"):
    text = json.loads(line)
    if isinstance(text, str):
        encoding = tokenizer.encode(text)
    elif isinstance(text, list):
        encoding = tokenizer.encode(text[0], text[1])
    else:
        encoding = tokenizer.encode(text["words"], is_pretokenized=True)
    print(json.dumps({"ids": encoding.ids, "types": encoding.type_ids}))
