import pytest

from winnow_models.paradetox import Edit, read, split
from winnow_models.toxic_spans import Post

HEADER = "toxic\tneutral1\tneutral2\tneutral3\n"


def write(tmp_path, lines):
    file = tmp_path / "edits.tsv"
    file.write_text(HEADER + lines, encoding="utf-8")
    return file


def test_reads_quoted_and_short_lines(tmp_path):
    file = write(tmp_path, 'you fool\tyou person\t\t\n"say ""fool"" again"\tsay it\tsay that again\n')
    assert read(file) == [
        Edit("you fool", ("you person",)),
        Edit('say "fool" again', ("say it", "say that again")),
    ]


def test_halves_of_a_quoted_field_are_left_out(tmp_path):
    file = write(tmp_path, 'you fool\t"you\nperson"\t\t\ngo away fool\tgo away\t\t\n')
    assert read(file) == [Edit("go away fool", ("go away",))]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("you fool\t\t\t", r"edits.tsv, line 3: neutral1 is empty \(expected: text\)"),
        ("\tyou person\t\t", r"edits.tsv, line 3: toxic is empty \(expected: text\)"),
        ("you fool", r"edits.tsv, line 3: 1 columns \(expected: 2 to 4\)"),
    ],
)
def test_a_line_without_text_is_refused_by_file_and_line(tmp_path, line, complaint):
    with pytest.raises(ValueError, match=complaint):
        read(write(tmp_path, f"go fool\tgo\t\t\n{line}\n"))


def test_what_half_of_the_rewrites_drop_is_marked_and_rewrites_are_clean():
    edit = Edit("you old fool", ("you old person", "you"))
    assert edit.toxic_post() == Post("you old fool", frozenset({4, 5, 6, 8, 9, 10, 11}))
    assert edit.rewritten_posts()[0] == Post("you old person", frozenset())


def test_about_a_tenth_is_held_back_whatever_the_order_case_and_punctuation():
    edits = [Edit(f"sentence number {number}", ("kind",)) for number in range(2000)]
    training, held_back = split(edits)
    assert 150 < len(held_back) < 250
    assert not {edit.toxic for edit in training} & {edit.toxic for edit in held_back}
    shouted = [Edit(edit.toxic.upper() + " !", edit.rewrites) for edit in held_back]
    assert split(shouted) == ([], shouted)
