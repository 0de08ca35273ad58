import argparse

import pytest
import tiny_huggingface

from winnow_models import bundle, export_huggingface


def run(*arguments):
    parser = argparse.ArgumentParser()
    export_huggingface.add_arguments(parser)
    export_huggingface.run(parser.parse_args([str(argument) for argument in arguments]))


def test_every_option_reaches_the_bundle(tmp_path, capsys):
    source = tiny_huggingface.bert(tmp_path / "source", num_labels=2)
    where = ("--name", "mine", "--version", "7", "--bundles", tmp_path)
    reward = ("--lower-is-better", "rude=1", "--link", "sigmoid")
    run(source, *where, *reward, "--layout", "{prompt} {response}", "--maximum-tokens", 200, "--prompt-budget", 50)
    manifest = bundle.read_manifest(tmp_path / "mine/7")
    assert manifest["maximum_tokens"] == 200
    assert {"prompt": {"truncate": "left", "budget": 50}} in manifest["inputs"]["text"]["pieces"]
    assert (manifest["rewards"]["rude"]["link"], manifest["rewards"]["rude"]["scale"]) == ("sigmoid", -1.0)
    assert f"wrote      {tmp_path}/mine/7: " in capsys.readouterr().out


def test_a_refusal_is_one_message_and_a_failing_status(tmp_path):
    with pytest.raises(SystemExit, match=r"^refused: .*nowhere: no config.json"):
        run(tmp_path / "nowhere", "--name", "mine", "--bundles", tmp_path)
