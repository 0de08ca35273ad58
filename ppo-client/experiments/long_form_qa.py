"""Long-form answers: trains a policy on relevance, factuality and completeness with several weights, and on one
preference for the whole answer, has the policies answer held-out questions, and tells what all rewards say of that.

Needs a running service with rewards that have not seen the held-out questions (see docs/experiments.md). What is there
is not made again, so that a stopped experiment goes on."""

import argparse
from pathlib import Path

import long_form_qa_report
from commands import ROOT, read, same_as_before, train, values, written

CONFIG = Path(__file__).with_suffix(".yaml")
TEXTS = ROOT / "reward-models/runs/qa-texts"
INITIAL = "initial"
TEMPLATE = "{context}\n\nQuestion: {prompt}\nAnswer:"
MOST_TOKENS = 96

DENSITIES = {
    "relevance": "SUB_SENTENCE",
    "factuality": "SENTENCE",
    "completeness": "SEQUENCE",
    "preference": "SEQUENCE",
}
VARIANTS = {
    "preference": {"preference": 0.5},
    "fine-grained": {"relevance": 0.3, "factuality": 0.5, "completeness": 0.3},
    "relevance 0.2": {"relevance": 0.2, "factuality": 0.5, "completeness": 0.3},
    "relevance 0.4": {"relevance": 0.4, "factuality": 0.5, "completeness": 0.3},
}
"""Weights of rewards that are learnt from. Those of arXiv 2306.01693, where relevance and factuality are labels of 1
and -1; here all values have deviation 1. The preference's weight is ours: near the deviation of the others' sum."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the runs and the report")
    parser.add_argument("--policy", type=Path, required=True, help="that training begins with")
    parser.add_argument("--target", default="localhost:9000", help="the service (default: %(default)s)")
    parser.add_argument("--bundle", default="qa-feedback-fold-1", help="has the rewards (default: %(default)s)")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder of `winnow_models qa-feedback texts`")
    parser.add_argument("--variants", nargs="+", default=list(VARIANTS), choices=VARIANTS)
    parser.add_argument("--seeds", type=int, default=1, help="runs of each variant (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=30, help="of each run (default: %(default)s)")
    arguments = parser.parse_args()
    settings = {name: getattr(arguments, name) for name in ("policy", "bundle", "texts", "steps")}
    inputs = [CONFIG, arguments.policy / "model.safetensors", *sorted(arguments.texts.glob("*.jsonl"))]
    same_as_before(arguments.out, settings, inputs)
    experiment = Experiment(arguments)
    answers = {INITIAL: [experiment.answered(arguments.policy, arguments.out / INITIAL)]}
    for seed in range(arguments.seeds):
        for variant in arguments.variants:
            answers.setdefault(variant, []).append(experiment.trained(variant, seed))
    long_form_qa_report.write(arguments.out, answers, arguments)


class Experiment:
    def __init__(self, arguments: argparse.Namespace):
        self.arguments = arguments
        self.references = [row["response"] for row in read(arguments.texts / "held-out-references.jsonl")]

    def trained(self, variant: str, seed: int) -> list[dict]:
        """The answers of a policy that learnt from one variant of the rewards."""
        run = self.arguments.out / f"{variant.replace(' ', '-')}-{seed}"
        weights = VARIANTS[variant]
        settings = {
            "policy": self.arguments.policy.resolve(),
            "prompts": (self.arguments.texts / "prompts.jsonl").resolve(),
            "rewards": [f"{self.reward(name)}={weights.get(name, 0)}" for name in DENSITIES],
            "seed": seed,
            "steps": self.arguments.steps,
            "template": TEMPLATE,
            "rollout.maximum_new_tokens": MOST_TOKENS,
            "rollout.minimum_new_tokens": 1,
            "service.target": self.arguments.target,
        }
        return self.answered(train(CONFIG, run, settings), run / "answers")

    def reward(self, name: str) -> str:
        return f"{self.arguments.bundle}/{name}@{DENSITIES[name]}"

    def answered(self, policy: Path, name: Path) -> list[dict]:
        """The likeliest answer to each held-out question, with a person's answer and the values of all rewards."""
        generated = written(
            name.with_suffix(".jsonl"),
            *("generate", "--policy", policy, "--prompts", self.arguments.texts / "held-out-prompts.jsonl"),
            *("--template", TEMPLATE, "--temperature", "0"),
            *("--minimum-new-tokens", "1", "--maximum-new-tokens", str(MOST_TOKENS)),
        )
        scored = written(
            name.with_suffix(".scored.jsonl"),
            *("score", "--target", self.arguments.target, "--stream", "--in", generated),
            *("--rewards", ",".join(self.reward(name) for name in DENSITIES)),
        )
        return [
            {
                "answer": sample["response"],
                "cut": len(sample["tokens"]["ends"]) == MOST_TOKENS,
                "reference": reference,
                "values": {name.split("@")[0]: found for name, found in values(row).items()},
            }
            for sample, reference, row in zip(read(generated), self.references, read(scored), strict=True)
        ]


if __name__ == "__main__":
    main()
