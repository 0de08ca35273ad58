"""What was done, in lines for a person: what it is about on the left, the facts on the right."""

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

import onnxruntime
import torch
import transformers
from tokenizers import Tokenizer

from winnow_models import golden_samples
from winnow_models.huggingface import served_tokenizer
from winnow_models.huggingface.directory import Directory
from winnow_models.huggingface.heads import Head
from winnow_models.huggingface.layout import Layout
from winnow_models.huggingface.proof import Recorded

INDENT = 11


def source(directory: Directory, tokenizer: Tokenizer, longest: int) -> str:
    parameters = sum(parameter.numel() for parameter in directory.model.parameters())
    labels = directory.model.config.num_labels
    removed = served_tokenizer.fixed_by_file(directory.tokenizer)
    special = [token.content for token in tokenizer.get_added_tokens_decoder().values() if token.special]
    return "\n".join(
        [
            *_lines(
                "model",
                f"{directory.architecture}, {labels} label{'s' * (labels > 1)}, {parameters:,} parameters, published "
                f"as {directory.weights_dtype}, computed in float32, rows of at most {longest} tokens",
            ),
            *_lines("tokenizer", f"{tokenizer.get_vocab_size():,} tokens, {len(special)} of them special"),
            *(_lines("", f"leaves out what the file fixes: {remark}")[0] for remark in removed),
            *_disagreement(directory.cut_otherwise),
        ]
    )


def _disagreement(texts: int) -> list[str]:
    if texts == 0:
        return []
    return _lines(
        "",
        f"tokenizer.json is followed: the class that transformers {transformers.__version__} takes for this model cuts "
        f"{texts} of {len(golden_samples.RESPONSES)} texts otherwise",
    )


def layout(laid_out: Layout) -> str:
    lines = _lines("layout", laid_out.name)
    for piece in laid_out.pieces:
        lines += _lines("", _piece(piece))
    for remark in laid_out.remarks:
        lines += _lines("", remark)
    return "\n".join(lines)


def rewards(manifest: dict, head: Head) -> str:
    lines = []
    for name, definition in manifest["rewards"].items():
        densities = ", ".join(f"{density} by {rule['read_out']}" for density, rule in definition["densities"].items())
        lines += _lines("reward", f"{name}: {definition['meaning']}, greater is better")
        lines += _lines("", f"logits: {head.value}; {densities}")
    return "\n".join(lines)


def proof(golden: Sequence[dict], records: Sequence[Recorded], difference: float) -> str:
    widths = [len(record.row.input_ids) for record in records]
    values = [value for row in golden for vector in row["rewards"] for value in vector["values"]]
    return "\n".join(
        [
            *_lines("golden", f"{len(golden)} samples, values from {min(values):.4g} to {max(values):.4g}"),
            *_lines(
                "proof",
                f"ONNX Runtime {onnxruntime.__version__} against PyTorch {torch.__version__.split('+')[0]}: logits "
                f"differ by at most {difference:.1e} on {len(records)} rows of {min(widths)} to {max(widths)} tokens",
            ),
        ]
    )


def rounding(moved: float) -> str:
    return "\n".join(
        _lines("weights", f"matrices rounded to int8, a scale a row: logits of random rows move by {moved:.2g}")
    )


def written(target: Path, license: str | None) -> str:
    sizes = ", ".join(f"{file.name} {_size(file.stat().st_size)}" for file in sorted(target.iterdir()))
    lines = _lines("wrote", f"{target}: {sizes}")
    if license is None:
        lines += _lines("licence", "unknown: the directory names none; the card says so")
    return "\n".join([*lines, *_lines("next", f"./winnow serve --bundles {target.parent.parent}")])


def _piece(piece: str | dict) -> str:
    """One piece as a line; of a conversation, one line a role."""
    if isinstance(piece, str):
        return piece
    kind, options = next(iter(piece.items()))
    if kind != "messages":
        return ", ".join([f"{kind} {options!r}" if isinstance(options, str) else kind, *_options(piece, options)])
    texts = [f"{key} {options[key]!r}" for key in ("begin", "default_system") if key in options]
    texts += [f"{role} {affixes['prefix']!r} ... {affixes['suffix']!r}" for role, affixes in options["roles"].items()]
    return "\n".join(["messages, " + ", ".join(_options(piece, options)), *("  " + text for text in texts)])


def _options(piece: dict, options: dict | str) -> Iterable[str]:
    given = options if isinstance(options, dict) else piece
    if "budget" in given:
        yield f"at most {given['budget']} tokens, cut on the {given['truncate']}"
    if given.get("trim"):
        yield "stripped of white space"
    if "token_type" in given:
        yield f"token type {given['token_type']}"


def _lines(title: str, text: str) -> list[str]:
    """Wrapped to a terminal's width under the title."""
    width = 120 - INDENT
    wrapped = [
        line
        for part in text.split("\n")
        for line in textwrap.wrap(part, width, subsequent_indent="  ", break_on_hyphens=False)
    ]
    return [f"{title if number == 0 else '':{INDENT}}{line}" for number, line in enumerate(wrapped)]


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MiB" if count >= 2**20 else f"{count / 2**10:.1f} KiB"
