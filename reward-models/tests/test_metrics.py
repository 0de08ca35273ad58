import pytest

from winnow_models.metrics import average_precision, roc_auc


def test_roc_auc_counts_pairs_and_half_of_ties():
    # Pairs of a positive and a negative: 0.9>0.5, 0.9>0.1, 0.5=0.5, 0.5>0.1.
    assert roc_auc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx(3.5 / 4)


def test_roc_auc_of_equal_scores_is_one_half():
    assert roc_auc([1, 1, 1], [True, False, True]) == pytest.approx(0.5)


def test_average_precision_by_hand():
    # Positives at ranks 1 and 3: (1/1 + 2/3) / 2.
    assert average_precision([0.9, 0.8, 0.7, 0.1], [True, False, True, False]) == pytest.approx((1 + 2 / 3) / 2)


def test_average_precision_of_equal_scores_is_the_share():
    assert average_precision([1, 1, 1, 1], [True, False, False, False]) == pytest.approx(0.25)


def test_one_class_is_refused():
    with pytest.raises(ValueError, match="0 positives among 2"):
        roc_auc([1, 2], [False, False])
