"""A model directory to a bundle, in phases; the bundle's folder appears once all of them have passed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from winnow_models import bundle, json_lines
from winnow_models.huggingface import (
    directory,
    graph,
    layout_choice,
    limits,
    manifest,
    model_card,
    proof,
    report,
    rewards,
    samples,
    served_tokenizer,
    staging,
)
from winnow_models.huggingface.heads import Exportable
from winnow_models.huggingface.quiet import quiet
from winnow_models.launcher import LAUNCHER
from winnow_models.reference import Reference


@dataclass(frozen=True)
class Options:
    """What the command line says; None stands for what the directory itself tells."""

    name: str
    version: str
    bundles: Path
    greater_is_better: Sequence[str] = ()
    lower_is_better: Sequence[str] = ()
    link: str | None = None
    layout: str | None = None
    system: bool = True
    maximum_tokens: int | None = None
    prompt_budget: int | None = None
    word_read_out: str = "mean"
    weights: str = "fp32"


def convert(
    path: Path,
    options: Options,
    say: Callable[[str], None] = print,
    launcher: Path = LAUNCHER,
    largest_file: int = graph.LARGEST_FILE,
) -> Path:
    """Returns the bundle's folder. Raises a `Refusal` where the directory, or what became of it, does not fit."""
    with quiet():
        return _convert(path, options, say, launcher, largest_file)


def _convert(path: Path, options: Options, say: Callable[[str], None], launcher: Path, largest_file: int) -> Path:
    target = staging.refuse_unfit(options.bundles, options.name, options.version)

    # 1. What there is.
    source = directory.read(path)
    model = Exportable(source.model).eval()
    tokenizer = served_tokenizer.of(source.tokenizer)
    longest = limits.maximum_tokens(source.model, source.tokenizer.model_max_length, options.maximum_tokens)
    limits.refuse_unknown_tokens(source.model, tokenizer)
    say(report.source(source, tokenizer, longest))

    # 2. Which labels are rewards, and how a sample becomes a row.
    chosen = rewards.choose(
        source.model.config, options.name, options.greater_is_better, options.lower_is_better, options.link
    )
    budget = longest // 2 if options.prompt_budget is None else options.prompt_budget
    laid_out = layout_choice.choose(source, model, tokenizer, options.layout, options.system, budget)
    document = manifest.build(
        options.name, options.version, source, model, chosen, laid_out, longest, options.word_read_out
    )
    say(report.layout(laid_out))
    say(report.rewards(document, model.head))

    with staging.staged(target) as folder:
        # 3. Golden values, in PyTorch, from the weights as they will be stored.
        rows = proof.random_rows(tokenizer, longest, "token_type_ids" in model.inputs)
        rounded = {}
        if options.weights == "int8":
            rounded, moved = proof.round_weights(model, rows)
            say(report.rounding(moved))
        recorder = proof.Recorder(model)
        reference = Reference(document, tokenizer, recorder)
        golden = bundle.golden(reference, samples.fitting(reference, laid_out, budget), launcher)
        proof.refuse_other_scores(model, recorder.records, tokenizer)
        for row in rows:
            recorder(row)
        json_lines.write(folder / "golden.jsonl", golden)
        tokenizer.save(str(folder / "tokenizer.json"))

        # 4. The graph, proven on every row that PyTorch has run.
        graph.write(model, rounded, folder, largest_file)
        difference = proof.largest_difference(folder / "model.onnx", recorder.records)
        say(report.proof(golden, recorder.records, difference))

        # 5. What ties it together.
        bundle.write_manifest(folder, document | {"golden_tolerance": manifest.tolerance(difference)})
        card = model_card.skeleton(source, chosen, document)
        (folder / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    say(report.written(target, source.license))
    return target
