"""The skeleton of a bundle's card: what is known of the model, and its source's own words."""

from collections.abc import Sequence

from winnow_models.huggingface.directory import Directory
from winnow_models.huggingface.rewards import Reward


def skeleton(source: Directory, rewards: Sequence[Reward], manifest: dict) -> str:
    lines = [
        f"# {manifest['name']}, version {manifest['version']}",
        "",
        manifest["description"],
        "",
        "| reward | densities | value |",
        "| --- | --- | --- |",
    ]
    for reward in rewards:
        definition = manifest["rewards"][reward.name]
        densities = ", ".join(f"`{density}`" for density in definition["densities"])
        lines.append(f"| `{reward.name}` | {densities} | {definition['meaning']} |")
    parameters = sum(parameter.numel() for parameter in source.model.parameters())
    lines += [
        "",
        "## Intended use",
        "",
        "To be written.",
        "",
        "## Model",
        "",
        f"`{source.architecture}`, {parameters:,} parameters, published as {source.weights_dtype}. At most "
        f"{manifest['maximum_tokens']} tokens; a longer response is refused.",
        "",
        "## Licence",
        "",
        source.license or "Unknown: the source names none. Ask its authors before you use or pass on the weights.",
        "",
        "## Figures",
        "",
        "None measured yet.",
    ]
    if source.readme:
        lines += ["", "---", "", "What follows is the source's own README.", "", source.readme]
    return "\n".join(lines) + "\n"
