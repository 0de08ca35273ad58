"""Which label of a classifier is a reward, and which way it points."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transformers import PretrainedConfig

from winnow_models.huggingface.heads import OUTPUT, Head
from winnow_models.huggingface.refusal import Refusal

NAME = re.compile("[a-z][a-z0-9_-]*")
LINKS = ("linear", "sigmoid", "softmax")
SEGMENTS = ("STEP", "SUB_SENTENCE", "SENTENCE")


@dataclass(frozen=True)
class Reward:
    name: str
    label: int
    label_name: str
    greater_is_better: bool
    link: str

    def definition(self, head: Head, layout: str, word_read_out: str) -> dict:
        """What the manifest says of it; read at the densities that the head has values for."""
        sign = 1.0 if self.greater_is_better else -1.0
        what = f"{'logit' if self.link == 'linear' else 'probability'} of the label {self.label_name!r}"
        bounds = {1.0: [0.0, 1.0], -1.0: [-1.0, 0.0]}[sign]
        densities = _densities(self.label, head, word_read_out)
        return {
            "meaning": what if self.greater_is_better else f"minus the {what}",
            "input": layout,
            "range": [float("-inf"), float("inf")] if self.link == "linear" else bounds,
            "inverse": f"{what} = {'' if self.greater_is_better else '-'}value",
            "link": self.link,
            "mean": 0.0,
            "std": 1.0,
            "scale": sign,
            "bias": 0.0,
            "default_density": next(iter(densities)),
            "densities": densities,
        }


def choose(
    config: PretrainedConfig, bundle: str, greater: Sequence[str], lower: Sequence[str], link: str | None
) -> list[Reward]:
    """`greater` and `lower` are `[REWARD=]LABEL`, a label by its name or index. A single label needs neither: it is
    taken for a reward, greater better, under the bundle's name."""
    labels = [config.id2label[index] for index in range(config.num_labels)]
    if len(labels) > 1 and not (greater or lower):
        listed = ", ".join(f"{index} {label!r}" for index, label in enumerate(labels))
        raise Refusal(
            f"{len(labels)} labels: {listed} (expected: --greater-is-better LABEL or --lower-is-better LABEL, "
            "for each that is to be a reward)"
        )
    wanted = [(text, True) for text in greater or ([] if lower else ["0"])] + [(text, False) for text in lower]
    rewards = []
    for text, better in wanted:
        name, _, label = text.rpartition("=")
        index = _index(label, labels)
        own = labels[index].lower() if len(labels) > 1 else bundle
        rewards.append(Reward(name or own, index, labels[index], better, link or _link(config)))
    for reward in rewards:
        if not NAME.fullmatch(reward.name):
            raise Refusal(
                f"reward {reward.name!r} (expected: lower-case letters, digits, - and _, a letter first; "
                f"write NAME={reward.label_name})"
            )
    names = [reward.name for reward in rewards]
    if len(set(names)) < len(names):
        raise Refusal(f"rewards {names} (expected: each name once; write NAME=LABEL)")
    return rewards


def _index(label: str, labels: list[str]) -> int:
    if labels.count(label) == 1:
        return labels.index(label)
    if label.isdecimal() and int(label) < len(labels):
        return int(label)
    raise Refusal(f"label {label!r} (expected: one of {labels}, or an index below {len(labels)})")


def _link(config: PretrainedConfig) -> str:
    """What the training loss of transformers makes of the logits."""
    if config.num_labels == 1 or config.problem_type == "regression":
        return "linear"
    return "sigmoid" if config.problem_type == "multi_label_classification" else "softmax"


def _densities(label: int, head: Head, word_read_out: str) -> dict[str, dict]:
    def at(read_out: str) -> dict:
        return {"output": OUTPUT, "label": label, "read_out": read_out}

    if head is Head.EACH_TOKEN:
        return {"TOKEN": at(word_read_out)} | {density: at("mean") for density in SEGMENTS}
    return {"SEQUENCE": at("pooled" if head is Head.POOLED else "last_token")}
