import hashlib

import pytest

from winnow_models import bundle, json_lines, nearest, tiny
from winnow_models.check import run_in_onnx
from winnow_models.launcher import LAUNCHER
from winnow_models.model_card import replace_section
from winnow_models.reference import Reference
from winnow_models.repository import BUNDLES
from winnow_models.tokenizer_files import load_tokenizer

SHIPPED = [*sorted(BUNDLES.glob("*/*")), *sorted(tiny.FOLDER.parents[1].glob("*/*"))]


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


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: "-".join(folder.parts[-2:]))
def test_a_shipped_bundle_is_whole(folder):
    manifest = bundle.read_manifest(folder)
    assert (manifest["name"], manifest["version"]) == folder.parts[-2:]
    for name, expected in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
    assert largest_difference(folder) < manifest["golden_tolerance"] / 10


def test_a_written_bundle_is_whole_and_the_same_each_time(tmp_path, launcher):
    for name in ("first", "second"):
        bundle.write(tmp_path / name, tiny.MANIFEST, tiny.model(), tiny.tokenizer(), tiny.SAMPLES, launcher)
    assert largest_difference(tmp_path / "first", launcher) < 1e-5
    assert bundle.read_manifest(tmp_path / "first") == bundle.read_manifest(tmp_path / "second")
    empty = json_lines.read(tmp_path / "first" / "golden.jsonl")[-1]
    assert [(vector["reward"], vector["density"]) for vector in empty["rewards"]] == [
        ("quality", "SEQUENCE"),
        ("fluency", "SEQUENCE"),
        ("support", "SEQUENCE"),
    ]


def test_weights_beside_the_graph_are_in_the_manifest_where_there_are_any(tmp_path):
    for name in bundle.FILES:
        (tmp_path / name).write_text(name)
    bundle.write_manifest(tmp_path, {})
    assert bundle.read_manifest(tmp_path)["files"].keys() == set(bundle.FILES)
    (tmp_path / "model.onnx.data").write_text("weights")
    bundle.write_manifest(tmp_path, {})
    files = bundle.read_manifest(tmp_path)["files"]
    assert files["model.onnx.data"] == hashlib.sha256(b"weights").hexdigest()
    assert files.keys() == {*bundle.FILES, "model.onnx.data"}


def test_a_section_of_the_card_is_replaced(tmp_path):
    card = tmp_path / "MODEL_CARD.md"
    card.write_text("before\n<!-- figures:begin -->\nold\n<!-- figures:end -->\nafter\n")
    replace_section("figures", "new", card)
    assert card.read_text() == "before\n<!-- figures:begin -->\nnew\n<!-- figures:end -->\nafter\n"
    with pytest.raises(ValueError, match="0 of <!-- other:begin -->"):
        replace_section("other", "new", card)
