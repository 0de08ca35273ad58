import random

from conftest import labelled

from winnow_models.examples import batches, collate, encode


def test_targets_follow_code_points_past_emoji_and_accents(two_sentences, tokenizer):
    example = encode(two_sentences, tokenizer)
    # [CLS] [UNK] cafe . so mean ##ly [SEP]
    assert example.piece_targets == [0, 0, 0, 0, 0, 1, 1, 0]
    assert example.ranges == [(1, 4), (4, 7)]
    assert example.range_targets == [0, 1]
    assert example.sequence_target == 1


def test_a_word_with_less_than_half_marked_is_not_toxic(tokenizer):
    assert sum(encode(labelled("meanly", "me", ["meanly"], ["meanly"]), tokenizer).piece_targets) == 0
    assert sum(encode(labelled("meanly", "mea", ["meanly"], ["meanly"]), tokenizer).piece_targets) == 2


def test_batches_hold_every_example_once(two_sentences, tokenizer):
    groups = [(encode(two_sentences, tokenizer),) for _ in range(7)]
    found = batches(groups, 3, random.Random(1))
    assert sorted(len(batch) for batch in found) == [1, 3, 3]
    assert {id(example) for batch in found for example in batch} == {id(example) for (example,) in groups}


def test_a_batch_keeps_groups_together(tokenizer):
    long, short = (encode(labelled(text, "", [text], [text]), tokenizer) for text in ("so so so", "ok"))
    for batch in batches([(long, short)] * 3 + [(short, long)] * 3, 2, random.Random(1)):
        assert len(batch) == 4
        assert all(batch[i] is not batch[i + 1] for i in (0, 2))


def test_collate_masks_padding_and_special_tokens(two_sentences, tokenizer):
    short = encode(labelled("so meanly", "meanly", ["so", "meanly"], ["so meanly"]), tokenizer, ("token_logits",))
    batch = collate([short, encode(two_sentences, tokenizer)])
    of_both = [0, 1, 1, 1, 1, 1, 1, 0]
    assert batch.piece_masks.tolist() == [[[0, 1, 1, 1, 0, 0, 0, 0], of_both], [[0] * 8, of_both]]
    assert batch.attention_mask.sum(dim=1).tolist() == [5, 8]
    assert batch.range_rows.tolist() == [0, 1, 1]
    assert batch.range_targets.tolist() == [1, 0, 1]
