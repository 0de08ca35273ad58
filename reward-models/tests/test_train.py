import pytest
import torch
from conftest import labelled

from winnow_models.bert import Bert, BertShape
from winnow_models.examples import encode
from winnow_models.reward_model import range_means
from winnow_models.tokenizer_files import without_special_tokens
from winnow_models.train import Settings, fit
from winnow_models.training_set import EncodedEdit, TrainingSet


def train(examples, epochs, objective="labels"):
    torch.manual_seed(1)
    encoder = Bert(BertShape(vocabulary=9, width=8, inner_width=16, layers=1, heads=2, positions=16, dropout=0.0))
    settings = Settings("none", epochs, 0.05, objective=objective, rows=4, average_decay=0.5)
    return fit(settings, encoder, examples)


def test_range_means_are_over_each_range_of_its_row():
    logits = torch.tensor([[1.0, 2.0, 3.0], [4.0, 6.0, 11.0]])
    rows, starts, ends = torch.tensor([0, 1, 1]), torch.tensor([0, 0, 1]), torch.tensor([3, 1, 3])
    assert range_means(logits, rows, starts, ends).tolist() == pytest.approx([2.0, 4.0, 8.5])


def test_every_head_learns_its_target(tokenizer, two_sentences):
    model = train(TrainingSet([encode(two_sentences, tokenizer)] * 16, []), epochs=8)
    ids = torch.tensor([tokenizer.encode(two_sentences.post.text).ids])
    token, _, sentence, sequence = model(ids, torch.ones_like(ids), torch.zeros_like(ids))
    # [CLS] [UNK] cafe . so mean ##ly [SEP]
    assert (token[0, 1:7, 0] > 0).tolist() == [False, False, False, False, True, True]
    assert sentence[0, 1:4].mean() < 0 < sentence[0, 4:7].mean()
    assert sequence[0, 0] > 0


def test_edits_teach_that_the_rewrite_is_clean(tokenizer):
    toxic = encode(labelled("so meanly", "meanly", ["so", "meanly"], ["so meanly"]), tokenizer)
    rewrite = encode(labelled("so ok", "", ["so", "ok"], ["so ok"]), tokenizer)
    model = train(TrainingSet([], [EncodedEdit(toxic, [rewrite])] * 8), epochs=8)
    for example, expected in ((toxic, True), (rewrite, False)):
        ids = torch.tensor([example.input_ids])
        _, edit, _, sequence = model(ids, torch.ones_like(ids), torch.zeros_like(ids))
        assert (sequence[0, 0] > 0) == expected
        assert (edit[0, 2] > 0) == expected


def test_preferences_rank_the_rewrite_below_the_toxic_side_and_leave_the_other_heads(tokenizer):
    toxic = encode(labelled("so meanly", "meanly", ["so", "meanly"], ["so meanly"]), tokenizer)
    rewrite = encode(labelled("so ok", "", ["so", "ok"], ["so ok"]), tokenizer)
    model = train(TrainingSet([], [EncodedEdit(toxic, [rewrite])] * 8), epochs=8, objective="preferences")
    logits = []
    for example in (toxic, rewrite):
        ids = torch.tensor([example.input_ids])
        logits.append(model(ids, torch.ones_like(ids), torch.zeros_like(ids))[3][0, 0].item())
    assert logits[0] > logits[1] + 1
    assert torch.equal(model.heads["token_logits"].bias, torch.zeros(1))


def test_the_same_seed_gives_the_same_weights(tokenizer, two_sentences):
    examples = TrainingSet([encode(two_sentences, tokenizer)] * 16, [])
    first, second = (train(examples, epochs=1).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_a_served_tokenizer_takes_a_spelled_special_token_for_text(tokenizer):
    tokenizer.add_special_tokens(["[SEP]"])
    assert "[SEP]" in tokenizer.encode("so [SEP] mean", add_special_tokens=False).tokens
    served = without_special_tokens(tokenizer)
    assert "[SEP]" not in served.encode("so [SEP] mean").tokens
    assert served.token_to_id("[SEP]") == tokenizer.token_to_id("[SEP]")
