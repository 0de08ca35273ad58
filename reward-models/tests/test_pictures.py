from winnow_models import pictures


def test_a_picture_is_written_the_same_each_time(tmp_path):
    target = ([0.1, 0.2, 0.2, 0.6, 0.7, 0.9], [False, False, True, False, True, True])
    for name in ("first.png", "second.png"):
        pictures.draw(tmp_path / "new" / name, "toxic", {"words": target, "sentences": target})
    first, second = (tmp_path / "new" / name for name in ("first.png", "second.png"))
    assert first.read_bytes().startswith(b"\x89PNG")
    assert first.read_bytes() == second.read_bytes()
