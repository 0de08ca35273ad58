import hashlib

import pytest
from conftest import largest_difference

from winnow_models import bundle, json_lines, tiny
from winnow_models.model_card import replace_section
from winnow_models.repository import BUNDLES

SHIPPED = [*sorted(BUNDLES.glob("*/*")), *sorted(tiny.FOLDER.parents[1].glob("*/*"))]


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


def test_a_fault_leaves_nothing_half_written(tmp_path, launcher):
    folder = tmp_path / "bundles" / "tiny" / "1"
    samples = [*tiny.SAMPLES, {"id": "too-long", "prompt": "Why?", "response": "word " * 600}]
    with pytest.raises(ValueError, match="tokens"):
        bundle.write(folder, tiny.MANIFEST, tiny.model(), tiny.tokenizer(), samples, launcher)
    assert not folder.exists()
    bundle.write(folder, tiny.MANIFEST, tiny.model(), tiny.tokenizer(), tiny.SAMPLES, launcher)
    (folder / "MODEL_CARD.md").write_text("by hand")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(ValueError, match="tokens"):
        bundle.write(folder, tiny.MANIFEST | {"version": "2"}, tiny.model(), tiny.tokenizer(), samples, launcher)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
