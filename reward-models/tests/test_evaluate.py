from winnow_models.evaluate import Scored, report
from winnow_models.segments import Segments
from winnow_models.toxic_spans import Post

WORDS = Segments([0, 5, 9], [4, 8, 13])


def scored(*values):
    posts = [Post("good bad word", frozenset({5, 6, 7})), Post("fine and fine", frozenset())]
    vectors = [
        {
            "TOKEN": {"starts": WORDS.starts, "ends": WORDS.ends, "values": list(row)},
            "SENTENCE": {"starts": [0], "ends": [13], "values": [min(row)]},
            "SEQUENCE": {"starts": [0], "ends": [13], "values": [min(row)]},
        }
        for row in values
    ]
    return Scored(posts, vectors)


def test_the_threshold_comes_from_the_trial_posts_alone():
    trial = scored((-0.1, -0.3, -0.1), (-0.2, -0.2, -0.2))
    test = scored((-0.1, -0.8, -0.1), (-0.4, -0.1, -0.1))
    train = [Post("good bad word", frozenset({5, 6, 7}))] * 3
    table = report(train, trial, test, lambda texts: [WORDS] * len(texts)).splitlines()
    assert table[0] == "| figure | trial (2 posts) | test (2 posts) |"
    assert table[2] == "| character F1, threshold 0.21 (best over trial posts) | 1.0000 | 0.5000 |"
    assert table[3] == "| character F1, threshold 0.21 (best over trial sentences) | 1.0000 | 0.5000 |"
    assert table[4] == "| character F1, threshold 0.50 (not chosen) | 0.5000 | 1.0000 |"
    assert table[5] == "| character F1, baseline: nothing marked | 0.5000 | 0.5000 |"
    assert table[7] == "| character F1, baseline: list of 1 words | 1.0000 | 1.0000 |"
    assert table[8] == "| `SENTENCE` ROC AUC | 1.0000 | 1.0000 |"


def test_sentence_f1_counts_each_sentence_once():
    post = Post("bad. good", frozenset({0, 1, 2}))
    words = {"starts": [0, 3, 5], "ends": [3, 4, 9], "values": [-0.9, -0.1, -0.6]}
    halves = {"starts": [0, 5], "ends": [4, 9], "values": [-0.9, -0.6]}
    only = Scored([post], [{"TOKEN": words, "SENTENCE": halves}])
    assert only.sentence_f1(0.5) == 0.5
    assert only.sentence_f1(0.7) == 1.0
