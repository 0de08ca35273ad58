import pytest
from measures import distinct, interval, mean_of_maxima, mean_of_means, win_rate


def test_toxicity_of_prompts():
    scores = [[0.1, 0.3], [0.8, 0.0]]
    assert mean_of_means(scores) == pytest.approx(0.3)
    assert mean_of_maxima(scores) == pytest.approx(0.55)


def test_wins_are_pairs_of_one_prompt_and_ties_count_half():
    assert win_rate([[0.1, 0.5]], [[0.5, 0.9]]) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert win_rate([[0.2], [0.9]], [[0.2], [0.1]]) == pytest.approx(0.25)
    assert win_rate([[0.3, 0.4]], [[0.3, 0.4]]) == 0.5
    with pytest.raises(ValueError, match=r"prompts: 1 \(expected: 2\)"):
        win_rate([[0.1], [0.2]], [[0.1]])


def test_distinct_runs_of_words():
    assert distinct([["a b a b", "a b"]], 2) == pytest.approx(2 / 4)
    assert distinct([["a b a b", "a b"], ["c d e"], ["f"]], 2) == pytest.approx((0.5 + 1) / 2)


def test_interval_of_a_mean():
    mean, half = interval([1.0, 2.0, 3.0])
    assert mean == 2
    assert half == pytest.approx(4.303 / 3**0.5, rel=1e-3)
    assert interval([4.0, 4.0])[1] == 0
    with pytest.raises(ValueError, match=r"values: 1 \(expected: at least 2\)"):
        interval([1.0])
