import pytest

from winnow_models.toxic_spans import Post, character_f1, flagged_characters, mean_character_f1, read


def test_reads_offsets_and_text_with_line_breaks(tmp_path):
    file = tmp_path / "posts.csv"
    file.write_bytes(b'spans,text\n"[0, 1]","ab\nc"\n[],"d ""e"""\n')
    assert read(file) == [Post("ab\nc", frozenset({0, 1})), Post('d "e"', frozenset())]


def test_refuses_offsets_outside_the_text():
    with pytest.raises(ValueError, match=r"toxic offsets 1\.\.3 \(expected: within 0\.\.2\)"):
        Post("abc", frozenset({1, 3}))


@pytest.mark.parametrize(
    ("predicted", "marked", "expected"),
    [("", "", 1.0), ("a", "", 0.0), ("", "a", 0.0), ("ab", "bc", 0.5), ("ab", "abcd", 2 * 1 * 0.5 / 1.5)],
)
def test_character_f1(predicted, marked, expected):
    assert character_f1(frozenset(map(ord, predicted)), frozenset(map(ord, marked))) == pytest.approx(expected)


def test_mean_is_over_posts():
    posts = [Post("abcd", frozenset({0, 1})), Post("abcd", frozenset())]
    assert mean_character_f1([frozenset({0}), frozenset()], posts) == pytest.approx((2 / 3 + 1) / 2)


def test_white_space_between_flagged_words_is_flagged():
    text = "a  bc, d e"
    starts, ends = [0, 3, 5, 7, 9], [1, 5, 6, 8, 10]
    assert flagged_characters(text, starts, ends, [True, True, False, True, False]) == frozenset({0, 1, 2, 3, 4, 7})


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ('"[0, 3]",abc', r"toxic offsets 0\.\.3 \(expected: within 0\.\.2\)"),
        ('"[-1]",abc', r"toxic offsets -1\.\.-1 \(expected: within 0\.\.2\)"),
        ('"[0",abc', r"spans '\[0' \(expected: a list of offsets, such as \[3, 4\]\)"),
        ('"[1.5]",abc', r"spans '\[1\.5\]' \(expected: a list of offsets"),
        ('"7",abc', r"spans '7' \(expected: a list of offsets"),
        ('"[]"', r"text None \(expected: a text\)"),
    ],
)
def test_a_bad_record_is_named_with_its_file(tmp_path, record, fault):
    file = tmp_path / "posts.csv"
    file.write_text(f"spans,text\n[],fine\n{record}\n")
    with pytest.raises(ValueError, match=rf"posts\.csv, record 1: {fault}"):
        read(file)


def test_a_file_without_its_columns_is_refused(tmp_path):
    (tmp_path / "posts.csv").write_text("text,label\nfine,0\n")
    with pytest.raises(ValueError, match=r"posts\.csv: columns \['text', 'label'\] \(expected: spans, text\)"):
        read(tmp_path / "posts.csv")
