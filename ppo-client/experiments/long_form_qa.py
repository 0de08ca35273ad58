"""Long-form answers: trains a policy on relevance, factuality and completeness with several weights, and on one
preference for the whole answer, has the policies answer held-out questions, and tells what all rewards say of that.

Needs a running service with rewards that have not seen the held-out questions (see docs/experiments.md). What is there is
not made again, so that a stopped experiment goes on."""

import argparse
from pathlib import Path

import long_form_qa_report
from commands import ROOT, read, train, values, written

CONFIG = Path(__file__).with_suffix(".yaml")
TEXTS = ROOT / "reward-models/runs/qa-texts"
INITIAL = "initial"

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
"""Weights of rewards that are learnt from: those of arXiv 2306.01693, section 4, where rewards have deviation 1."""


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
    arguments.out.mkdir(parents=True, exist_ok=True)
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
            "rewards": f"[{', '.join(f'{self.reward(name)}={weights.get(name, 0)}' for name in DENSITIES)}]",
            "seed": seed,
            "steps": self.arguments.steps,
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
            *("--template", "{context}\n\nQuestion: {prompt}\nAnswer:", "--temperature", "0"),
            *("--maximum-new-tokens", "96"),
        )
        scored = written(
            name.with_suffix(".scored.jsonl"),
            *("score", "--target", self.arguments.target, "--stream", "--in", generated),
            *("--rewards", ",".join(self.reward(name) for name in DENSITIES)),
        )
        return [
            {"answer": sample["response"], "reference": reference, "values": values(row)}
            for sample, reference, row in zip(read(generated), self.references, read(scored), strict=True)
        ]


if __name__ == "__main__":
    main()
