from winnow_models import agreement
from winnow_models.scored import ScoredPosts
from winnow_models.toxic_spans import Post

POST = Post("you fool", frozenset(range(4, 8)))


def scored(you, fool):
    vector = {"starts": [0, 4], "ends": [3, 8], "values": [-you, -fool]}
    return ScoredPosts([POST], [{"toxicity@TOKEN": vector}])


def test_the_table_by_hand():
    """The variant swaps the order of the two words, so that it marks the wrong one."""
    lines = agreement.report([scored(0.25, 0.75), scored(0.625, 0.375)], [1.5, 2.5, 2.0]).splitlines()
    figures = {line.split(" | ")[0].strip("| "): line.split(" | ")[1:] for line in lines}
    assert figures["character F1, 1 test posts, threshold 0.50"] == ["1.0000", "0.0000 |"]
    assert figures["`toxicity@TOKEN`, rank correlation of 2 values"] == ["1", "-1.0000 |"]
    assert figures["`toxicity@TOKEN`, largest difference"] == ["0", "0.375 |"]
    assert figures["`toxicity@TOKEN`, mean difference"] == ["0", "0.3750 |"]
    assert figures["speed of the graph, rows alone, one thread, 3 rounds"] == ["1", "2.00 (1.50 to 2.50) |"]


def test_the_ratio_is_of_the_time_of_the_same_rows():
    counts = {"exact": 0, "variant": 0}

    def runner(name):
        def run(row):
            counts[name] += row

        return run

    ratios = agreement.speed_ratios(runner("exact"), runner("variant"), [1, 2])
    assert len(ratios) == agreement.ROUNDS
    assert counts == {"exact": 3 * (agreement.ROUNDS + 1), "variant": 3 * (agreement.ROUNDS + 1)}
