import pytest

from winnow_models.leakage import drop_leaks


def kept(rows, judged):
    return drop_leaks(rows, str, judged, "rows.csv")


def test_a_copy_inside_a_judged_text_is_dropped_whatever_its_case_and_punctuation():
    rows = ["You, FOOL!", "you fo", "kind words", "more kind words"]
    assert kept(rows, ["Oh you fool ... go"]) == ["you fo", "kind words", "more kind words"]


def test_a_text_that_contains_a_judged_one_is_dropped_unless_that_is_short():
    rows = ["he said: go home you silly man, now", "go home now", "a", "b"]
    assert kept(rows, ["Go home, you silly man!", "go home"]) == ["go home now", "a", "b"]


def test_a_test_set_given_for_training_is_refused():
    with pytest.raises(ValueError, match=r"rows.csv: 2 of 3 rows occur in test texts \(expected: training rows\)"):
        kept(["one fool", "two fools", "three"], ["one fool", "two fools"])


def test_texts_without_words_are_no_leak():
    assert kept(["!!", "a"], ["??"]) == ["!!", "a"]
