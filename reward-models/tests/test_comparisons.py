import pytest

from winnow_models.comparisons import bootstrap_interval, order_accuracy


def test_a_tie_is_half_right():
    assert order_accuracy([0.5, -0.1, 0, 2]) == 2.5 / 4
    with pytest.raises(ValueError, match="0 pairs"):
        order_accuracy([])


def mean(values):
    return sum(values) / len(values)


def test_the_interval_is_of_whole_groups():
    # Drawn with replacement from two groups: both the first (1/4), both the second (1/4), one of each (1/2).
    low, high = bootstrap_interval([[1.0] * 3, [0.0]], mean)
    assert (low, high) == (0, 1)
    assert bootstrap_interval([[0.5], [0.5, 0.5]], mean) == (0.5, 0.5)


def test_the_interval_of_many_groups_is_about_two_standard_errors():
    low, high = bootstrap_interval([[float(i % 2)] for i in range(400)], mean)
    assert low == pytest.approx(0.5 - 1.96 * 0.5 / 20, abs=0.008)
    assert high == pytest.approx(0.5 + 1.96 * 0.5 / 20, abs=0.008)
