"""Writes what a small policy is trained on from scratch: texts of Toxic Spans and ParaDetox for `winnow sft`, with a
tokenizer that is trained on them, and beginnings of posts as prompts for `winnow train`."""

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from winnow_models import json_lines, paradetox, toxic_spans
from winnow_models.leakage import drop_leaks

END = "<|end|>"
"""Ends a text; the one token that no text holds."""

HELD_BACK = 250
"""So many posts and as many sentences are not learnt."""

PROMPT_WORDS = (3, 8)
"""A prompt has so many words, and at least as many follow in its post."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder with toxic-spans and paradetox")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--vocabulary", type=int, default=4096, help="tokens (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the order and of the prompts (default: %(default)s)")


def run(arguments: argparse.Namespace) -> None:
    chance = random.Random(arguments.seed)
    posts, sentences = _posts(arguments.data), _sentences(arguments.data)
    chance.shuffle(posts)
    chance.shuffle(sentences)
    texts = posts[HELD_BACK:] + sentences[HELD_BACK:]
    prompts = beginnings(posts[HELD_BACK:], chance)
    arguments.out.mkdir(parents=True, exist_ok=True)
    train_tokenizer(texts, arguments.vocabulary).save(str(arguments.out / "tokenizer.json"))
    _write(arguments.out / "texts.jsonl", "text", texts)
    _write(arguments.out / "held-out-texts.jsonl", "text", posts[:HELD_BACK] + sentences[:HELD_BACK])
    _write(arguments.out / "prompts.jsonl", "prompt", prompts)
    _write(arguments.out / "held-out-prompts.jsonl", "prompt", beginnings(posts[:HELD_BACK], chance))
    print(f"wrote {arguments.out}: {len(posts)} posts, {len(sentences)} sentences, {len(prompts)} prompts")


def train_tokenizer(texts: Iterable[str], vocabulary: int) -> Tokenizer:
    """A byte-level BPE (any text is tokens of it, and back) with `END`; digits stand alone."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def beginnings(posts: Iterable[str], chance: random.Random) -> list[str]:
    """The first words of each post that goes on for as long again, once each."""
    found = {}
    for post in posts:
        words = post.split()
        count = chance.randint(*PROMPT_WORDS)
        if len(words) >= 2 * count:
            found[" ".join(words[:count])] = None
    return list(found)


def _posts(data: Path) -> list[str]:
    folder = data / "toxic-spans"
    judged = [post.text for post in toxic_spans.read(folder / "tsd_test_a.csv")]
    posts = toxic_spans.read(folder / "tsd_train.csv") + toxic_spans.read(folder / "tsd_trial.csv")
    return _tidy(post.text for post in drop_leaks(posts, lambda post: post.text, judged, str(folder)))


def _sentences(data: Path) -> list[str]:
    edits, _ = paradetox.split(paradetox.read(data / "paradetox" / "paradetox.tsv"))
    return _tidy(text for edit in edits for text in (edit.toxic, *edit.rewrites))


def _tidy(texts: Iterable[str]) -> list[str]:
    """Texts on one line each, without those that are empty or come twice, and without `END`."""
    lines = (" ".join(text.split()) for text in texts)
    return [line for line in dict.fromkeys(lines) if line and END not in line]


def _write(file: Path, field: str, values: Iterable[str]) -> None:
    json_lines.write(file, ({field: value} for value in values))
