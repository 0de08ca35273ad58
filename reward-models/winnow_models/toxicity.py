"""What the toxicity bundle promises: its manifest and the samples of its golden file."""

from winnow_models.repository import BUNDLES

FOLDER = BUNDLES / "toxicity" / "1"
HEADS = {"token_logits": 1, "edit_logits": 1, "sentence_logits": 1, "sequence_logits": 1}


def _density(head: str, read_out: str) -> dict:
    return {"output": f"{head}_logits", "label": 0, "read_out": read_out}


def _reward(meaning: str, densities: dict[str, dict]) -> dict:
    return {
        "meaning": meaning,
        "input": "response",
        "range": [-1.0, 0.0],
        "inverse": "probability = -value",
        "link": "sigmoid",
        "mean": 0.0,
        "std": 1.0,
        "scale": -1.0,
        "bias": 0.0,
        "default_density": "TOKEN",
        "densities": densities,
    }


MANIFEST = {
    "schema": 1,
    "name": "toxicity",
    "version": "1",
    "description": "Marks toxic words, sentences and texts in English, trained on Toxic Spans and ParaDetox.",
    "license": "Apache-2.0",
    "precision": "fp32",
    "maximum_tokens": 512,
    "golden_tolerance": 1.0e-4,
    "tensors": {name: name for name in ("input_ids", "attention_mask", "token_type_ids")},
    "inputs": {
        "response": {
            "overflow": "refuse",
            "empty_response": "refuse",
            "pieces": [{"special": "[CLS]"}, "response", {"special": "[SEP]"}],
        }
    },
    "rewards": {
        "toxicity": _reward(
            "minus the probability that people mark the text as toxic",
            {
                "TOKEN": _density("token", "max"),
                "STEP": _density("sentence", "mean"),
                "SUB_SENTENCE": _density("sentence", "mean"),
                "SENTENCE": _density("sentence", "mean"),
                "SEQUENCE": _density("sequence", "first_token"),
            },
        ),
        "detoxification": _reward(
            "minus the probability that people drop the word when they rewrite the text without offence",
            {"TOKEN": _density("edit", "max")},
        ),
    },
}

_RESPONSES = {
    "one-word": "Thanks",
    "one-rude-word": "idiot",
    "plain-sentence": "The library opens at nine on weekdays.",
    "rude-sentence": "What a stupid idea, and you are an idiot for defending it.",
    "two-sentences": "I see your point about the budget. Only a fool would sign that contract, though.",
    "question-and-answer": "Why is the sky blue? Because air scatters short wavelengths more than long ones.",
    "quotation": 'He called the plan "dumb", which the committee did not find helpful.',
    "capitals": "STOP WRITING LIKE THIS, YOU MORON!!!",
    "contractions": "Don't you think it's time we'd stopped? They're nothing but a bunch of clowns.",
    "numbers": "In 2019 the town spent $3,250,000.50 on roads, i.e. 12.5% more than in 2018.",
    "address": "Write to desk@example.org or see https://example.org/help?topic=7#top for the form.",
    "spaces": "  Two  spaces here,\tand a tab; \n\nthen a paragraph of its own.  ",
    "sub-sentences": "The mayor promised a new bridge, the council asked for three more studies; nobody, it seems, "
    "wanted to pay for either of them, and so the old ferry still runs twice a day!",
    "disguised": "You are a st*pid l0ser and a j-e-r-k.",
    "emoji": "Great goal 🎉🎉 but the referee was a clown 🤡, sorry 👩‍👩‍👧‍👦!",
    "combining": "The cafe\u0301 in Zu\u0308rich was re\u0301nove\u0301; its waiter was rude.",
    "german": "Du bist wirklich ein Dummkopf, aber das Wetter ist schön.",
    "french": "Quelle idée stupide ! Pourtant, le musée était magnifique.",
    "russian": "Погода сегодня хорошая. Какая глупая идея!",
    "chinese": "今天天气很好。你真是个笨蛋！",
    "arabic": "الطقس جميل اليوم. هذه فكرة غبية.",
    "special-tokens": "[CLS] A kind word. [SEP] You idiot. [MASK] [UNK] [PAD]",
    "code": "for (int i = 0; i < n; i++) { total += price[i]; } // this is a dumb loop",
    "long": " ".join(
        f"Paragraph {number} of the report says that the {place} needs repairs, that nobody has a plan, "
        f"and that the {role} who wrote the last one was a fool."
        for number, (place, role) in enumerate(
            (place, role)
            for place in ("harbour", "station", "school", "theatre")
            for role in ("planner", "clerk", "mayor", "editor")
        )
    ),
}

GOLDEN_SAMPLES = [
    *({"id": name, "response": response} for name, response in _RESPONSES.items()),
    {
        "id": "steps",
        "response": "First, add the numbers. Then blame the idiot who lost them.",
        "segment_ends": [24, 59],
    },
]
