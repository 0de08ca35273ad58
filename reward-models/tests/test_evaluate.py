from winnow_models import ablation
from winnow_models.evaluate import report_edits, report_posts
from winnow_models.paradetox import Edit
from winnow_models.scored import ScoredEdits, ScoredPosts
from winnow_models.segments import Segments
from winnow_models.toxic_spans import Post

WORDS = Segments([0, 5, 9], [4, 8, 13])


def scored(*values):
    posts = [Post("good bad word", frozenset({5, 6, 7})), Post("fine and fine", frozenset())]
    vectors = [
        {
            "toxicity@TOKEN": {"starts": WORDS.starts, "ends": WORDS.ends, "values": list(row)},
            "toxicity@SENTENCE": {"starts": [0], "ends": [13], "values": [min(row)]},
            "toxicity@SEQUENCE": {"starts": [0], "ends": [13], "values": [min(row)]},
        }
        for row in values
    ]
    return ScoredPosts(posts, vectors)


def test_the_threshold_comes_from_the_trial_posts_alone():
    trial = scored((-0.1, -0.3, -0.1), (-0.2, -0.2, -0.2))
    test = scored((-0.1, -0.8, -0.1), (-0.4, -0.1, -0.1))
    train = [Post("good bad word", frozenset({5, 6, 7}))] * 3
    table = report_posts(train, trial, test, lambda texts: [WORDS] * len(texts)).splitlines()
    assert table[0] == "| figure | trial (2 posts) | test (2 posts) |"
    assert table[2] == "| character F1, threshold 0.21 (best over trial) | 1.0000 | 0.5000 |"
    assert table[3] == "| character F1, threshold 0.50 (not chosen) | 0.5000 | 1.0000 |"
    assert table[4] == "| character F1, baseline: nothing marked | 0.5000 | 0.5000 |"
    assert table[6] == "| character F1, baseline: list of 1 words | 1.0000 | 1.0000 |"
    assert table[7] == "| `SENTENCE` ROC AUC | 1.0000 | 1.0000 |"


def test_edits_are_judged_at_the_threshold_of_the_trial_posts():
    trial = scored((-0.1, -0.3, -0.1), (-0.2, -0.2, -0.2))
    words = {"starts": [0, 4], "ends": [3, 8]}
    toxic = {
        "toxicity@TOKEN": words | {"values": [-0.3, -0.9]},
        "detoxification@TOKEN": words | {"values": [-0.3, -0.9]},
        "toxicity@SEQUENCE": {"values": [-0.9]},
    }
    rewrites = [{"toxicity@SEQUENCE": {"values": [-0.1]}}, {"toxicity@SEQUENCE": {"values": [-0.9]}}]
    edits = ScoredEdits([Edit("you fool", ("you", "you there"))], [toxic], [rewrites])
    table = report_edits(trial, edits).splitlines()
    assert table[0] == "| figure | 1 edits held back |"
    # The second rewrite is no better than the toxic side, and longer.
    assert table[2] == "| rewrite ranked above the toxic side, `SEQUENCE`, 2 pairs | 0.5000 |"
    assert table[3] == "| the same, baseline: the shorter is better | 0.5000 |"
    # Threshold 0.21 flags both words, of which one was edited: precision 1/2, recall 1.
    assert table[4] == "| F1 of the edited words, `toxicity`, threshold 0.21 | 0.6667 |"
    assert table[5] == "| F1 of the edited words, `detoxification`, threshold 0.50 | 1.0000 |"
    assert table[6] == "| F1 of the edited words, baseline: all edited | 0.6667 |"


def test_a_bundles_line_in_the_ablation():
    trial, test = scored((-0.1, -0.3, -0.1), (-0.2, -0.2, -0.2)), scored((-0.1, -0.8, -0.1), (-0.4, -0.1, -0.1))
    words = {"starts": [0, 4], "ends": [3, 8]}
    toxic = {"toxicity@TOKEN": words | {"values": [-0.6, -0.9]}, "toxicity@SEQUENCE": {"values": [-0.9]}}
    rewrites = [{"toxicity@SEQUENCE": {"values": [-0.1]}}]
    edits = ScoredEdits([Edit("you fool", ("you",))], [toxic], [rewrites])
    asked = ["toxicity@TOKEN", "toxicity@SEQUENCE"]
    assert ablation.row("both", trial, test, edits, asked) == "| `both` | 0.21 | 1.0000 | 0.5000 | 0.6667 | 1.0000 |"
    assert ablation.row("whole", None, None, edits, asked[1:]) == "| `whole` | - | - | - | - | 1.0000 |"
    toxic["detoxification@TOKEN"] = words | {"values": [-0.1, -0.9]}
    dropped = ablation.row("both", trial, test, edits, [*asked, "detoxification@TOKEN"])
    assert dropped == "| `both` | 0.21 | 1.0000 | 0.5000 | 1.0000 | 1.0000 |"
