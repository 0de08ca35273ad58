"""Texts for golden files: short, long and empty, several scripts, white space, emoji, control tokens spelled out."""

from itertools import cycle

RESPONSES = {
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

PROMPTS = [
    "What happened at the town hall yesterday?",
    "Rewrite this for a notice board:\n\n  * opening hours\n  * contact",
    "Übersetze bitte: 'the ferry is late' 🚢",
    "为什么天空是蓝色的？",
]

SYSTEM = "You are a careful clerk. Answer in one paragraph."

STEPS = {
    "id": "steps",
    "response": "First, add the numbers. Then blame the idiot who lost them.",
    "segment_ends": [24, 59],
}


def alone() -> list[dict]:
    """Every response without a prompt, one in steps, and an empty one."""
    named = [{"id": name, "response": response} for name, response in RESPONSES.items()]
    return [*named, STEPS, {"id": "empty", "response": ""}]


def with_prompts(long_prompt: str) -> list[dict]:
    """Every response to one of the prompts, and one to a prompt that is cut."""
    samples = [sample | {"prompt": prompt} for sample, prompt in zip(alone(), cycle(PROMPTS), strict=False)]
    return [*samples, {"id": "long-prompt", "prompt": long_prompt, "response": RESPONSES["plain-sentence"]}]


def with_conversations(long_prompt: str, system: bool) -> list[dict]:
    """Every response as the answer to a conversation of one to three user turns; where the model knows of system
    turns, one begins every other conversation."""
    samples = []
    for index, sample in enumerate(with_prompts(long_prompt)):
        earlier = [
            turn
            for prompt, response in list(zip(PROMPTS, RESPONSES.values(), strict=False))[: index % 3]
            for turn in ({"role": "user", "content": prompt}, {"role": "assistant", "content": response})
        ]
        head = [{"role": "system", "content": SYSTEM}] if system and index % 2 else []
        messages = [*head, *earlier, {"role": "user", "content": sample.pop("prompt")}]
        samples.append(sample | {"messages": messages})
    return samples
