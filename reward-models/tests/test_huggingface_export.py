import hashlib
import json

import onnx
import pytest
import tiny_huggingface
import torch
import transformers
from conftest import largest_difference

from winnow_models import bundle, json_lines
from winnow_models.huggingface import conversion
from winnow_models.huggingface.conversion import Options, convert

SPELLED = ("special-tokens", "long-prompt", "empty")
"""Golden samples that transformers lays out otherwise: control tokens in a text, a cut prompt, half a pair."""

UNCUT = {"prompt_budget": 400}
"""More than any prompt but one has."""


def export(
    source, bundles, say=lambda line: None, launcher=None, largest_file=conversion.graph.LARGEST_FILE, **options
):
    bundles.mkdir(exist_ok=True)
    return convert(source, Options("mine", "1", bundles, **options), say, launcher, largest_file)


def own_logits(source, encode):
    """What transformers computes from the directory, with the tokenizer that it chooses itself."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(source)
    architecture = json.loads((source / "config.json").read_text())["architectures"][0]
    model = getattr(transformers, architecture).from_pretrained(source).eval()

    def logits(sample):
        with torch.inference_mode():
            return model(**encode(tokenizer, sample)).logits[0]

    return logits


def pair(tokenizer, sample):
    return tokenizer(sample["prompt"], sample["response"], return_tensors="pt")


def conversation(tokenizer, sample):
    turns = [*sample["messages"], {"role": "assistant", "content": sample["response"]}]
    return tokenizer.apply_chat_template(turns, return_tensors="pt", return_dict=True)


def check_whole(folder):
    manifest = bundle.read_manifest(folder)
    for name, expected in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
    assert largest_difference(folder) < manifest["golden_tolerance"] / 10
    return manifest


def golden_values(folder, *left_out):
    rows = [row for row in json_lines.read(folder / "golden.jsonl") if row["sample"]["id"] not in (*SPELLED, *left_out)]
    assert len(rows) > 15
    return [(row["sample"], {vector["reward"]: vector["values"][0] for vector in row["rewards"]}) for row in rows]


def test_bert_reads_a_pair_and_gives_one_reward_a_label(tmp_path):
    source = tiny_huggingface.bert(tmp_path / "bert", num_labels=3)
    folder = export(
        source, tmp_path / "bundles", greater_is_better=["kind=LABEL_2"], lower_is_better=["rude=0"], **UNCUT
    )
    manifest = check_whole(folder)
    assert manifest["inputs"]["pair"]["pieces"] == [
        {"special": "[CLS]"},
        {"prompt": {"truncate": "left", "budget": 400}},
        {"special": "[SEP]"},
        {"response": {"token_type": 1}},
        {"special": "[SEP]", "token_type": 1},
    ]
    assert list(manifest["tensors"]) == ["input_ids", "attention_mask", "token_type_ids"]
    logits = own_logits(source, pair)
    for sample, values in golden_values(folder):
        expected = logits(sample).softmax(dim=0)
        assert values == pytest.approx({"kind": expected[2].item(), "rude": -expected[0].item()}, abs=1e-5)


@pytest.mark.parametrize("architecture", ["Roberta", "Longformer"])
def test_roberta_and_longformer_read_a_pair_with_two_separators(tmp_path, architecture):
    window = {"attention_window": 8} if architecture == "Longformer" else {}
    name = f"{architecture}ForSequenceClassification"
    source = tiny_huggingface.roberta(tmp_path / "source", name, num_labels=1, **window)
    folder = export(source, tmp_path / "bundles", **UNCUT)
    manifest = check_whole(folder)
    specials = [piece["special"] for piece in manifest["inputs"]["pair"]["pieces"] if "special" in piece]
    assert specials == ["<s>", "</s>", "</s>", "</s>"]
    assert manifest["maximum_tokens"] == 512
    logits = own_logits(source, pair)
    for sample, values in golden_values(folder):
        assert values == pytest.approx({"mine": logits(sample).item()}, abs=1e-4)


@pytest.mark.parametrize("build", [tiny_huggingface.llama, tiny_huggingface.qwen2])
def test_a_decoder_scores_a_conversation_at_its_last_token(tmp_path, build):
    source = build(tmp_path / "source")
    folder = export(source, tmp_path / "bundles", **UNCUT)
    manifest = check_whole(folder)
    densities = manifest["rewards"]["mine"]["densities"]
    assert densities == {"SEQUENCE": {"output": "logits", "label": 0, "read_out": "last_token"}}
    logits = own_logits(source, conversation)
    stripped = ["spaces"] if build is tiny_huggingface.llama else []
    for sample, value in golden_values(folder, *stripped):
        assert value == pytest.approx({"mine": logits(sample).item()}, abs=1e-4)


def test_a_token_classifier_gives_words_and_sentences(tmp_path, launcher):
    source = tiny_huggingface.bert(tmp_path / "source", "BertForTokenClassification", num_labels=2)
    folder = export(source, tmp_path / "bundles", launcher=launcher, lower_is_better=["toxic=1"], word_read_out="max")
    manifest = check_whole(folder)
    read_outs = {density: rule["read_out"] for density, rule in manifest["rewards"]["toxic"]["densities"].items()}
    assert read_outs == {"TOKEN": "max", "STEP": "mean", "SUB_SENTENCE": "mean", "SENTENCE": "mean"}
    assert manifest["inputs"]["response"]["pieces"] == [{"special": "[CLS]"}, "response", {"special": "[SEP]"}]
    logits = own_logits(source, lambda tokenizer, sample: tokenizer(sample["response"], return_tensors="pt"))
    for row in json_lines.read(folder / "golden.jsonl"):
        if row["sample"]["id"] in SPELLED:
            continue
        pooled = logits(row["sample"])[1:-1].amax(dim=0)
        words = next(vector for vector in row["rewards"] if vector["density"] == "TOKEN")
        assert words["values"] == [pytest.approx(-pooled.softmax(dim=0)[1].item(), abs=1e-5)]


def test_weights_over_the_limit_of_one_file_lie_beside_the_graph(tmp_path):
    source = tiny_huggingface.qwen2(tmp_path / "source")
    folder = export(source, tmp_path / "bundles", largest_file=1000)
    manifest = check_whole(folder)
    assert "model.onnx.data" in manifest["files"]
    graph = onnx.load(folder / "model.onnx", load_external_data=False).graph
    stored = {entry.value for tensor in graph.initializer for entry in tensor.external_data if entry.key == "location"}
    assert stored == {"model.onnx.data"}
    whole = export(source, tmp_path / "others")
    assert json_lines.read(folder / "golden.jsonl") == json_lines.read(whole / "golden.jsonl")


def test_weights_stored_as_bytes_give_the_golden_values_of_the_rounded_ones(tmp_path):
    source, said = tiny_huggingface.roberta(tmp_path / "source", num_labels=1), []
    folder = export(source, tmp_path / "bundles", said.append, weights="int8")
    check_whole(folder)
    matrices = [tensor for tensor in onnx.load(folder / "model.onnx").graph.initializer if len(tensor.dims) == 2]
    assert {tensor.data_type for tensor in matrices} == {onnx.TensorProto.INT8}
    assert any("rounded to int8" in line for line in said)
    exact = export(source, tmp_path / "exact")
    assert json_lines.read(folder / "golden.jsonl") != json_lines.read(exact / "golden.jsonl")


def test_the_card_and_the_manifest_say_what_the_directory_says(tmp_path):
    source = tiny_huggingface.roberta(tmp_path / "source", num_labels=1)
    (source / "README.md").write_text("---\nlicense: apache-2.0\n---\n# A model of kindness\n")
    said = []
    folder = export(source, tmp_path / "bundles", said.append)
    assert check_whole(folder)["license"] == "apache-2.0"
    card = (folder / "MODEL_CARD.md").read_text()
    assert "# mine, version 1" in card
    assert card.endswith("# A model of kindness\n")
    report = "\n".join(said)
    assert "RobertaForSequenceClassification, 1 label" in report
    assert "logits differ by at most" in report
    assert "licence" not in report


def test_a_directory_without_a_licence_is_said_to_have_none(tmp_path):
    said = []
    folder = export(tiny_huggingface.roberta(tmp_path / "source", num_labels=1), tmp_path / "bundles", said.append)
    assert bundle.read_manifest(folder)["license"] == "unknown"
    assert "Unknown: the source names none" in (folder / "MODEL_CARD.md").read_text()
    assert "licence    unknown" in "\n".join(said)
