import random

from conftest import labelled

from winnow_models.examples import batches, collate, encode, random_crop
from winnow_models.toxic_spans import Post


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


def test_a_crop_is_a_clean_text_with_its_own_offsets(two_sentences):
    crop = random_crop(two_sentences, random.Random(1))
    assert crop.post == Post("🎉 Café.", frozenset())
    assert list(crop.words) == [(0, 1), (2, 6), (6, 7)]
    assert list(two_sentences.crop(1, 1).sentences) == [(0, 9)]
    assert two_sentences.crop(1, 1).post.toxic == frozenset(range(3, 9))


def test_one_sentence_cannot_be_cropped():
    assert random_crop(labelled("ok", "", ["ok"], ["ok"]), random.Random(1)) is None


def test_batches_hold_every_example_once(two_sentences, tokenizer):
    examples = [encode(two_sentences, tokenizer) for _ in range(7)]
    sizes = [len(batch) for batch in batches(examples, 3, random.Random(1))]
    assert sorted(sizes) == [1, 3, 3]


def test_collate_masks_padding_and_special_tokens(two_sentences, tokenizer):
    short = encode(two_sentences.crop(1, 1), tokenizer)
    batch = collate([short, encode(two_sentences, tokenizer)])
    assert batch.piece_mask.tolist() == [[0, 1, 1, 1, 0, 0, 0, 0], [0, 1, 1, 1, 1, 1, 1, 0]]
    assert batch.attention_mask.sum(dim=1).tolist() == [5, 8]
    assert batch.range_rows.tolist() == [0, 1, 1]
    assert batch.range_targets.tolist() == [1, 0, 1]
