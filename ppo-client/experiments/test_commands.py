import pytest
from commands import same_as_before, values


def test_a_folder_takes_one_experiment(tmp_path):
    text = tmp_path / "input"
    text.write_text("one")
    out = tmp_path / "out"
    same_as_before(out, {"steps": 3}, [text])
    same_as_before(out, {"steps": 3}, [text])
    with pytest.raises(SystemExit, match=r"steps: 4 \(expected: 3, or another folder\)"):
        same_as_before(out, {"steps": 4}, [text])
    text.write_text("two")
    with pytest.raises(SystemExit, match="input"):
        same_as_before(out, {"steps": 3}, [text])


def test_values_of_a_result():
    vectors = [
        {"reward": "a", "density": "TOKEN", "values": [1, 2]},
        {"reward": "a", "density": "SEQUENCE", "values": [3]},
    ]
    assert values({"rewards": {"vectors": vectors}}) == {"a@TOKEN": [1, 2], "a@SEQUENCE": [3]}
