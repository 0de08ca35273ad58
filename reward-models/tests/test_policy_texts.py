import argparse
import random

import pytest
from tokenizers import Tokenizer

from winnow_models import json_lines, policy_texts

WORDS = [f"word{number}" for number in range(600)]


@pytest.mark.parametrize("text", ["", "you fool", " two  spaces ", "na\u00efve \U0001f600 \u4f60\n\ttab", "in 1999"])
def test_any_text_is_tokens_and_back(text):
    tokenizer = policy_texts.train_tokenizer(["you fool", "you are no fool"] * 10, 300)
    assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


def test_the_vocabulary_has_its_size_and_one_token_that_ends():
    tokenizer = policy_texts.train_tokenizer([f"{word} and {word}s" for word in WORDS], 262)
    assert tokenizer.get_vocab_size() == 262
    assert tokenizer.encode(policy_texts.END).ids == [tokenizer.token_to_id(policy_texts.END)]
    assert len(tokenizer.encode("1999").ids) == 4


def test_beginnings_leave_as_much_to_write():
    posts = [" ".join(WORDS[:length]) for length in range(1, 40)]
    prompts = policy_texts.beginnings(posts, random.Random(3))
    fewest, most = policy_texts.PROMPT_WORDS
    assert prompts
    assert len(set(prompts)) == len(prompts)
    assert all(fewest <= len(prompt.split()) <= most for prompt in prompts)
    assert policy_texts.beginnings([" ".join(WORDS[: 2 * fewest - 1])], random.Random(3)) == []


def data(folder):
    (folder / "toxic-spans").mkdir(parents=True)
    (folder / "paradetox").mkdir()
    rows = [f"[],post {word} {word} of a man who says a lot" for word in WORDS]
    for name, lines in {"tsd_train": rows[:500], "tsd_trial": rows[500:550], "tsd_test_a": rows[540:]}.items():
        (folder / "toxic-spans" / f"{name}.csv").write_text("\n".join(["spans,text", *lines]) + "\n")
    edits = [f"{word} you fool\t{word} you   person\t\t" for word in WORDS]
    lines = ["toxic\tneutral1\tneutral2\tneutral3", *edits]
    (folder / "paradetox" / "paradetox.tsv").write_text("\n".join(lines) + "\n")
    return folder


def test_writes_texts_prompts_and_a_tokenizer(tmp_path):
    out = tmp_path / "out"
    policy_texts.run(argparse.Namespace(data=data(tmp_path / "data"), out=out, vocabulary=280, seed=1))
    learnt = [row["text"] for row in json_lines.read(out / "texts.jsonl")]
    held_out = [row["text"] for row in json_lines.read(out / "held-out-texts.jsonl")]
    prompts = [row["prompt"] for row in json_lines.read(out / "prompts.jsonl")]
    held_out_prompts = [row["prompt"] for row in json_lines.read(out / "held-out-prompts.jsonl")]
    assert set(learnt).isdisjoint(held_out)
    assert not any("word590" in text for text in learnt + held_out if text.startswith("post")), "a judged post"
    assert any(text.endswith("you person") for text in learnt)
    assert all(any(text.startswith(prompt) for text in learnt) for prompt in prompts)
    assert all(any(text.startswith(prompt) for text in held_out) for prompt in held_out_prompts)
    assert len(held_out) == 2 * policy_texts.HELD_BACK
    assert Tokenizer.from_file(str(out / "tokenizer.json")).get_vocab_size() == 280
