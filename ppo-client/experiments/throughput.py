"""Steps a second of `winnow train` beside those of the same step in Python (ppo_step.py), by turns in one run. Waiting
for rewards is left out on both sides; needs a running service."""

import argparse
import json
import statistics
import subprocess
import tempfile
from pathlib import Path

import torch
import transformers
import yaml
from ppo_step import PpoStep, Shapes
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
WINNOW = HERE.parents[1] / "winnow"
CONFIG = HERE / "throughput.yaml"
PHASES = ["generate", "opinions", "update", "step"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", default="localhost:9000", help="the service (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="default: %(default)s")
    parser.add_argument("--steps", type=int, default=20, help="of a round and side (default: %(default)s)")
    parser.add_argument("--warm-up", type=int, default=10, help="steps before them (default: %(default)s)")
    arguments = parser.parse_args()
    settings = yaml.safe_load(CONFIG.read_text())
    policy, prompts = HERE / settings["policy"], _prompts(HERE / settings["prompts"], HERE / settings["policy"])
    rounds = []
    for number in range(arguments.rounds):
        java = _java(arguments)
        python = _python(policy, prompts, settings, arguments)
        rounds.append((java, python))
        print(f"round {number + 1}: Java {java['step']:.3f} s, Python {python['step']:.3f} s a step", flush=True)
    print(_table(rounds))


def _java(arguments: argparse.Namespace) -> dict[str, float]:
    steps = arguments.warm_up + arguments.steps
    with tempfile.TemporaryDirectory() as folder:
        settings = ["--set", f"steps={steps}", "--set", f"service.target={arguments.target}"]
        command = [WINNOW, "train", "--config", CONFIG, "--run", f"{folder}/run", *settings]
        completed = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        if completed.returncode:
            raise SystemExit(completed.stderr)
        lines = Path(folder, "run", "metrics.jsonl").read_text().splitlines()
    metrics = [json.loads(line)["metrics"] for line in lines][-arguments.steps :]
    wait = statistics.median(step["seconds/reward_wait"] for step in metrics)
    seconds = {phase: statistics.median(step[f"seconds/{phase}"] for step in metrics) for phase in PHASES}
    return seconds | {"generate": seconds["generate"] - wait, "step": seconds["step"] - wait}


def _python(policy: Path, prompts: list, settings: dict, arguments: argparse.Namespace) -> dict[str, float]:
    rollout, update = settings["rollout"], settings["update"]
    each = rollout["responses_per_prompt"]
    responses = rollout["prompts"] * each
    shapes = Shapes(
        responses, rollout["maximum_new_tokens"], rollout["micro_batch"], update["epochs"], update["mini_batch"]
    )
    step = PpoStep(policy, shapes)
    seconds = []
    for number in range(arguments.warm_up + arguments.steps):
        first = number * rollout["prompts"]
        seconds.append(step.run([prompts[(first + row // each) % len(prompts)] for row in range(responses)]))
    measured = seconds[-arguments.steps :]
    return {phase: statistics.median(each[phase] for each in measured) for phase in PHASES}


def _prompts(file: Path, policy: Path) -> list[torch.Tensor]:
    tokenizer = Tokenizer.from_file(str(policy / "tokenizer.json"))
    texts = [json.loads(line)["prompt"] for line in file.read_text(encoding="utf-8").splitlines()]
    return [torch.tensor(tokenizer.encode(text).ids) for text in texts]


def _table(rounds: list[tuple[dict, dict]]) -> str:
    lines = [
        f"PyTorch {torch.__version__}, transformers {transformers.__version__}, {torch.get_num_threads()} threads",
        "",
        "| phase | Java, s | Python, s | Python / Java |",
        "| --- | --- | --- | --- |",
    ]
    for phase in PHASES:
        java, python = ([side[phase] for side in sides] for sides in zip(*rounds, strict=True))
        ratios = [theirs / ours for ours, theirs in zip(java, python, strict=True)]
        lines.append(f"| {phase} | {_spread(java)} | {_spread(python)} | {_spread(ratios)} |")
    return "\n".join(lines)


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.3f} ({min(values):.3f}..{max(values):.3f})"


if __name__ == "__main__":
    main()
