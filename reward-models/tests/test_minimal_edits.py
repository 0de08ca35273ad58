import pytest

from winnow_models.minimal_edits import dropped_characters, majority


def dropped(text, rewrite):
    """The text with all but the dropped characters blanked."""
    characters = dropped_characters(text, rewrite)
    return "".join(character if offset in characters else " " for offset, character in enumerate(text)).split()


@pytest.mark.parametrize(
    ("text", "rewrite", "expected"),
    [
        ("what a silly idea", "what a idea", ["silly"]),
        ("What a damn silly idea", "what a strange idea", ["damn", "silly"]),
        ("you don 't know , fool", "You don't know.", ["fool"]),
        ("a s**t show , really", "A poor show, really!", ["s**t"]),
        ("fool , you fool", "you fool", ["fool"]),
        ("nice day", "Nice day", []),
        ("go away", "", ["go", "away"]),
        ("🎉 naïve Café", "🎉 Café", ["naïve"]),
    ],
)
def test_words_that_the_rewrite_lacks_are_dropped(text, rewrite, expected):
    assert dropped(text, rewrite) == expected


def test_what_the_rewrite_adds_is_found_the_other_way_round():
    assert dropped("what a strange idea", "what a damn silly idea") == ["strange"]


def test_half_of_the_rewrites_are_a_majority():
    assert majority([frozenset({1, 2}), frozenset({2, 3}), frozenset({2}), frozenset({1})]) == frozenset({1, 2})
