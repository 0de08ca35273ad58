import json
import shutil

import pytest
import tiny_huggingface
import torch
import transformers
from test_huggingface_export import export
from transformers.models.bert import modeling_bert

from winnow_models.huggingface import directory
from winnow_models.huggingface.conversion import Options, convert
from winnow_models.huggingface.refusal import Refusal


@pytest.fixture(scope="module")
def bert(tmp_path_factory):
    return tiny_huggingface.bert(tmp_path_factory.mktemp("bert"), num_labels=1)


@pytest.fixture
def source(bert, tmp_path):
    return shutil.copytree(bert, tmp_path / "source")


def refuse(source, tmp_path, reason, **options):
    """The export is refused and leaves nothing behind."""
    with pytest.raises(Refusal, match=reason):
        export(source, tmp_path / "bundles", **options)
    assert list((tmp_path / "bundles").iterdir()) == []


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("config.json", "no config.json .expected: a directory as save_pretrained writes it"),
        ("model.safetensors", "no weights .expected: one of model.safetensors"),
        ("tokenizer.json", "no tokenizer .expected: tokenizer.json, or vocab.txt"),
    ],
)
def test_a_file_that_is_missing(source, tmp_path, missing, reason):
    (source / missing).unlink()
    refuse(source, tmp_path, reason)


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("config.json", "{", "config.json: .*expected: a model type of transformers"),
        ("config.json", '{"model_type": "unheard-of"}', "unheard-of"),
        ("tokenizer.json", "{}", "the tokenizer does not load"),
        ("model.safetensors", "not weights", "weights do not load as BertForSequenceClassification"),
        ("README.md", "---\na: [\n---\n", "expected: YAML between the --- lines"),
    ],
)
def test_a_file_that_is_none_of_its_kind(source, tmp_path, file, content, reason):
    (source / file).write_text(content)
    refuse(source, tmp_path, reason)


@pytest.mark.parametrize("architecture", ["BertForMaskedLM", "MyRewardModelForSequenceClassification", None])
def test_an_architecture_without_a_known_head_is_named(source, tmp_path, architecture):
    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps(config | {"architectures": architecture and [architecture]}))
    refuse(source, tmp_path, f"architecture {architecture or 'none named'}.*expected: one ending in ForSequence")


def test_weights_without_a_head_are_not_filled_in_at_random(source, tmp_path):
    transformers.BertModel(transformers.BertConfig.from_pretrained(source)).save_pretrained(tmp_path / "body")
    shutil.copy(tmp_path / "body/model.safetensors", source)
    refuse(source, tmp_path, r"weights lack \[.*'classifier.weight'")


def test_a_sentencepiece_model_alone_is_refused_with_a_way_out(source, tmp_path):
    (source / "tokenizer.json").unlink()
    (source / "tokenizer.model").write_bytes(b"")
    refuse(source, tmp_path, "no tokenizer.json beside tokenizer.model .*save_pretrained.DIRECTORY. writes one")


def test_a_word_list_becomes_the_same_tokenizer(source):
    published = directory.read(source).tokenizer
    vocabulary = sorted(published.get_vocab(), key=published.get_vocab().get)
    (source / "vocab.txt").write_text("\n".join(vocabulary) + "\n")
    (source / "tokenizer.json").unlink()
    (source / "tokenizer_config.json").unlink()
    converted = directory.read(source).tokenizer
    for text in ("The good plan, that you are!", "Zürich [SEP] 🎉", ""):
        assert converted(text)["input_ids"] == published(text)["input_ids"]


def test_a_token_that_the_embedding_lacks(source, tmp_path):
    tokenizer = transformers.PreTrainedTokenizerFast.from_pretrained(source)
    tokenizer.add_tokens(["unseen"])
    tokenizer.save_pretrained(source)
    refuse(source, tmp_path, "token 150, 'unseen' .expected: ids below 150")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"greater_is_better": ["LABEL_7"]}, "label 'LABEL_7' .expected: one of"),
        ({"greater_is_better": ["1"]}, "label '1' .expected: one of .*an index below 1"),
        ({"greater_is_better": ["Good=0"]}, "reward 'Good' .expected: lower-case letters"),
        ({"greater_is_better": ["0"], "lower_is_better": ["0"]}, "rewards .'mine', 'mine'. .expected: each name once"),
        ({"maximum_tokens": 513}, "--maximum-tokens 513 .expected: from 1 to 512"),
        ({"prompt_budget": 0}, "--prompt-budget 0 .expected: at least 1"),
        ({"layout": "chat"}, "no chat template"),
        ({"maximum_tokens": 2}, "none of 27 samples fits into 2 tokens"),
    ],
)
def test_an_option_that_does_not_fit(bert, tmp_path, options, reason):
    refuse(bert, tmp_path, reason, **options)


def test_several_labels_are_never_guessed_from(tmp_path):
    source = tiny_huggingface.bert(tmp_path / "source", num_labels=2, id2label={0: "clean", 1: "toxic"})
    refuse(source, tmp_path, "2 labels: 0 'clean', 1 'toxic' .expected: --greater-is-better LABEL or --lower-is-better")


def test_a_decoder_without_a_chat_template_wants_to_be_told_its_layout(tmp_path):
    source = tiny_huggingface.llama(tmp_path / "source", template=None)
    refuse(source, tmp_path, "no chat template, .*expected: --layout TEXT")
    told = export(source, tmp_path / "bundles", layout="Human: {prompt}\n\nAssistant: {response}")
    assert (told / "reward-model.yaml").exists()


def test_a_score_that_the_model_reads_elsewhere_is_refused(tmp_path):
    """With `!` for padding, the model skips it at the end of a response."""
    source = tiny_huggingface.llama(tmp_path / "source", template=None, pad_token_id=0)
    assert transformers.PreTrainedTokenizerFast.from_pretrained(source).convert_ids_to_tokens(0) == "!"
    refuse(source, tmp_path, "scores a row at .*but at its last token '!'", layout="response")


def test_an_operation_without_an_onnx_operator(bert, tmp_path, monkeypatch):
    monkeypatch.setattr(modeling_bert.BertPooler, "forward", lambda self, hidden: torch.special.bessel_j0(hidden[:, 0]))
    refuse(bert, tmp_path, "BertForSequenceClassification does not become an ONNX graph: .*bessel_j0")


def test_an_operator_that_the_runtime_lacks(bert, tmp_path, monkeypatch):
    class Missing(torch.autograd.Function):
        @staticmethod
        def forward(context, hidden):
            return hidden

        @staticmethod
        def symbolic(graph, hidden):
            return graph.op("elsewhere::Missing", hidden)

    monkeypatch.setattr(modeling_bert.BertPooler, "forward", lambda self, hidden: Missing.apply(hidden[:, 0]))
    refuse(bert, tmp_path, "model.onnx: ONNX Runtime .* does not open it: .*elsewhere.*Missing")


def test_a_graph_that_froze_a_width(bert, tmp_path, monkeypatch):
    own = modeling_bert.BertPooler.forward

    def frozen(self, hidden):
        return own(self, hidden) * float(hidden.shape[1])

    monkeypatch.setattr(modeling_bert.BertPooler, "forward", frozen)
    refuse(bert, tmp_path, "a row of .* tokens has logits that differ by .*graph may hold what is true of one width")


def test_a_version_is_never_written_over(bert, tmp_path):
    export(bert, tmp_path / "bundles")
    with pytest.raises(Refusal, match=r"mine/1 exists .expected: a version that does not"):
        export(bert, tmp_path / "bundles")


def test_a_bundles_folder_must_exist(bert, tmp_path):
    with pytest.raises(Refusal, match=r"nowhere .expected: a folder"):
        convert(bert, Options("mine", "1", tmp_path / "nowhere"))
    assert not (tmp_path / "nowhere").exists()


def test_a_tokenizer_class_that_cuts_texts_otherwise_is_said_and_not_followed(tmp_path):
    source, said = tiny_huggingface.qwen2(tmp_path / "source"), []
    content = json.loads((source / "tokenizer.json").read_text())
    (source / "tokenizer.json").write_text(json.dumps(content | {"normalizer": None}))
    folder = export(source, tmp_path / "bundles", said.append)
    assert "cuts 1 of 24 texts otherwise" in " ".join(" ".join(said).split())
    assert json.loads((folder / "tokenizer.json").read_text())["normalizer"] is None
