from winnow_models.scored import ScoredPosts
from winnow_models.toxic_spans import Post


def test_a_word_is_toxic_where_half_of_it_is_marked_and_a_sentence_where_any_of_it_is():
    words = {"starts": [0, 5], "ends": [4, 9], "values": [-0.9, -0.2]}
    whole = {"starts": [0], "ends": [9], "values": [-0.7]}
    scored = ScoredPosts(
        [Post("fool mean", frozenset({0, 1, 5}))], [{"toxicity@TOKEN": words, "toxicity@SENTENCE": whole}]
    )
    assert scored.segments("toxicity@TOKEN").toxic == [True, False]
    assert scored.segments("toxicity@TOKEN").probabilities == [0.9, 0.2]
    assert scored.segments("toxicity@SENTENCE").toxic == [True]
    assert scored.segments("toxicity@SENTENCE").lengths == [9]
