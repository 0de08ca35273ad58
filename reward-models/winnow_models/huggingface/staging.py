"""A folder that appears whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from winnow_models.huggingface.refusal import Refusal


def refuse_unfit(bundles: Path, name: str, version: str) -> Path:
    """The place of a new bundle: a version is never written over, since trainers pin it."""
    for what, text in (("--name", name), ("--version", version)):
        if text in ("", ".", "..") or text.startswith(".") or Path(text).name != text:
            raise Refusal(f"{what} {text!r} (expected: the name of a folder, without a dot in front)")
    if not bundles.is_dir():
        raise Refusal(f"--bundles {bundles} (expected: a folder)")
    target = bundles / name / version
    if target.exists():
        raise Refusal(f"{target} exists (expected: a version that does not, by --version)")
    return target


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A hidden folder two levels above, renamed to the target once the block has ended well, and removed otherwise."""
    bundles = target.parent.parent
    folder = Path(tempfile.mkdtemp(prefix=f".{target.parent.name}-{target.name}-", dir=bundles))
    try:
        yield folder
        folder.chmod(0o755)  # mkdtemp lets nobody else in
        target.parent.mkdir(exist_ok=True)
        folder.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
