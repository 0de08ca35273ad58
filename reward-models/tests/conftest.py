import stat

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from winnow_models import bundle, json_lines, nearest
from winnow_models.check import run_in_onnx
from winnow_models.examples import LabelledText
from winnow_models.launcher import LAUNCHER
from winnow_models.reference import Reference
from winnow_models.segments import Segments
from winnow_models.tokenizer_files import load_tokenizer
from winnow_models.toxic_spans import Post

ONE_SEGMENT_LAUNCHER = """#!/usr/bin/env python3
import json, sys
given = dict(zip(sys.argv[2::2], sys.argv[3::2]))
with open(given["--in"]) as samples, open(given["--out"], "w") as out:
    for sample in map(json.loads, samples):
        length = len(sample["response"])
        row = {"id": sample["id"], "starts": [0] if length else [], "ends": [length] if length else []}
        row["sentences"] = [
            {"passage": index, "start": 0, "end": len(passage), "score": 0.0, "rank": None}
            for index, passage in enumerate(sample.get("context", []))
        ]
        out.write(json.dumps(row) + "\\n")
"""


@pytest.fixture
def launcher(tmp_path):
    """A command line that takes each response for one segment, and each passage for one sentence of no nearness."""
    file = tmp_path / "winnow"
    file.write_text(ONE_SEGMENT_LAUNCHER)
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def spans(text, *parts):
    starts = [text.index(part) for part in parts]
    return Segments(starts, [start + len(part) for start, part in zip(starts, parts, strict=True)])


def labelled(text, toxic, words, sentences):
    """A text whose first occurrence of `toxic` is marked."""
    marked = frozenset(range(text.index(toxic), text.index(toxic) + len(toxic))) if toxic else frozenset()
    return LabelledText(Post(text, marked), spans(text, *words), spans(text, *sentences), spans(text, *sentences))


@pytest.fixture
def tokenizer():
    vocabulary = {p: i for i, p in enumerate(["[UNK]", "[CLS]", "[SEP]", "so", "mean", "##ly", "cafe", ".", "ok"])}
    result = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    result.normalizer = normalizers.BertNormalizer()
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    result.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    return result


@pytest.fixture
def two_sentences():
    return labelled("🎉 Café. so meanly", "meanly", ["🎉", "Café", ".", "so", "meanly"], ["🎉 Café.", "so meanly"])


def largest_difference(folder, launcher=LAUNCHER):
    """Of any golden value to the one that ONNX Runtime computes from the folder's files."""
    manifest = bundle.read_manifest(folder)
    tokenizer = load_tokenizer(folder / "tokenizer.json")
    reference = Reference(manifest, tokenizer, run_in_onnx(folder / "model.onnx"))
    differences = []
    lines = json_lines.read(folder / "golden.jsonl")
    ranked = nearest.rank([golden["sample"] for golden in lines], launcher)
    for golden, sentences in zip(lines, ranked, strict=True):
        for vector in golden["rewards"]:
            input_name = manifest["rewards"][vector["reward"]]["input"]
            row, logits = reference.logits(golden["sample"], input_name, sentences)
            spans = list(zip(vector["starts"], vector["ends"], strict=True))
            own = reference.vector(vector["reward"], vector["density"], spans, row, logits)
            assert own["starts"] == vector["starts"]
            differences += [abs(a - b) for a, b in zip(own["values"], vector["values"], strict=True)]
    return max(differences)
