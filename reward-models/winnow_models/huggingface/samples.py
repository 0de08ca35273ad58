"""The samples of a bundle's golden file."""

from winnow_models import golden_samples
from winnow_models.huggingface.layout import Layout
from winnow_models.huggingface.refusal import Refusal
from winnow_models.reference import Reference


def fitting(reference: Reference, laid_out: Layout, budget: int) -> list[dict]:
    """The golden samples for a layout, but for those that are too long for the model."""
    long_prompt = "why " * budget
    kinds = laid_out.kinds()
    if "messages" in kinds:
        known = golden_samples.with_conversations(long_prompt, laid_out.has_system())
    else:
        known = golden_samples.with_prompts(long_prompt) if "prompt" in kinds else golden_samples.alone()
    fitting = [sample for sample in known if _fits(reference, sample, laid_out.name)]
    if not fitting:
        raise Refusal(f"none of {len(known)} samples fits into {reference.manifest['maximum_tokens']} tokens")
    return fitting


def _fits(reference: Reference, sample: dict, layout_name: str) -> bool:
    try:
        reference.lay_out(sample, layout_name)
    except ValueError:
        return False
    return True
