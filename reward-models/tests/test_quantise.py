import argparse

import onnx
import pytest
from conftest import largest_difference

from winnow_models import bundle, json_lines, quantise, tiny, tiny_int8


def test_a_bundle_gets_an_integer_variant_with_the_same_rewards(tmp_path, launcher):
    bundle.write(tmp_path / "tiny" / "1", tiny.MANIFEST, tiny.model(), tiny.tokenizer(), tiny.SAMPLES, launcher)
    folder = tmp_path / "tiny-int8" / "1"
    quantise.write(tmp_path / "tiny" / "1", folder, launcher)
    exact, variant = (bundle.read_manifest(each) for each in (tmp_path / "tiny" / "1", folder))
    assert (variant["name"], variant["version"], variant["precision"]) == ("tiny-int8", "1", "int8")
    assert variant["rewards"] == exact["rewards"]
    operators = [node.op_type for node in onnx.load(folder / "model.onnx").graph.node]
    assert "MatMulInteger" in operators
    assert largest_difference(folder, launcher) < 1e-5
    left, right = (json_lines.read(each / "golden.jsonl") for each in (tmp_path / "tiny" / "1", folder))
    values = [
        [value for row in rows for vector in row["rewards"] for value in vector["values"]] for rows in (left, right)
    ]
    differences = [abs(a - b) for a, b in zip(*values, strict=True)]
    assert 0 < max(differences) < 0.5


def test_a_variant_of_a_variant_is_refused(tmp_path):
    arguments = argparse.Namespace(bundle=tiny_int8.FOLDER, bundles=tmp_path)
    with pytest.raises(SystemExit, match=r"precision int8 \(expected: fp32\)"):
        quantise.run(arguments)
    assert list(tmp_path.iterdir()) == []
