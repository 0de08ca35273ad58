"""The samples of the qa-feedback bundle's golden file: short and long, several scripts, all kinds of context."""

_BRIDGE = (
    "Arden Bridge\n\nThe Arden Bridge is a steel arch bridge over the river Lorne. Construction began in 1924 and the "
    "bridge opened on 19 March 1932. It carries six lanes of traffic, two railway lines and a footpath. In 1988 its "
    "toll was raised to two dollars, which led to protests."
)
_ENGINEER = (
    "John Bradley\n\nJohn Bradley was an engineer, born in Sandgate in 1867. He oversaw the design of the Arden Bridge "
    "and of the city's underground railway. He retired in 1933."
)
_CONTEXT = [_BRIDGE, _ENGINEER]


def _sample(name: str, response: str, prompt: str = "When did the Arden Bridge open?", context: list[str] = _CONTEXT):
    return {"id": name, "prompt": prompt, "context": context, "response": response}


GOLDEN_SAMPLES = [
    _sample("copied", "Construction began in 1924 and the bridge opened on 19 March 1932."),
    _sample("one-word", "1932"),
    _sample("wrong-year", "The Arden Bridge opened on 19 March 1942."),
    _sample("irrelevant", "In 1988 its toll was raised to two dollars, which led to protests."),
    _sample("redundant", "It opened in 1932. The bridge opened in 1932. The Arden Bridge opened on 19 March 1932."),
    _sample(
        "several-sentences",
        "The Arden Bridge is a steel arch bridge over the river Lorne. It was designed under John Bradley, who was "
        "born in Sandgate in 1867, and it opened on 19 March 1932; today it carries six lanes of traffic, two railway "
        "lines and a footpath.",
    ),
    _sample("nothing-shared", "Nobody knows.", context=["Tea\n\nTea grows on hills."]),
    _sample("blank-passage", "It opened in 1932.", context=["", _BRIDGE]),
    _sample("long-context", "It opened in 1932 after eight years of work.", context=[_BRIDGE] * 8 + [_ENGINEER] * 8),
    _sample("long-prompt", "It opened in 1932.", prompt="Please tell me this. " * 30 + "When did it open?"),
    _sample("long-response", " ".join(f"In {year} it was shut for {year - 1930} days." for year in range(1933, 1958))),
    _sample("numbers", "It cost $3,250,000.50, i.e. 12.5% more than planned, and has 52,800 rivets per 1,149 m."),
    _sample("spaces", "  It opened\tin 1932. \n\nSix lanes,  two railway lines and a footpath.  "),
    _sample("emoji", "It opened in 1932 🎉🎉 and carries trains 🚆, cars and 👩‍👩‍👧‍👦!"),
    _sample("combining", "The cafe\u0301 beside the bridge opened in 1932."),
    _sample("russian", "Мост открылся в 1932 году.", "Когда открылся мост?", ["Мост открылся 19 марта 1932 года."]),
    _sample("chinese", "大桥于1932年通车。", "大桥何时通车？", ["大桥于1932年3月19日通车。它有六条车道。"]),
    _sample("special-tokens", "[CLS] It opened in 1932. [SEP] [MASK]", "When [SEP]?", ["[SEP] It opened in 1932."]),
    _sample("steps", "First it was planned. Then it opened in 1932.") | {"segment_ends": [21, 45]},
]
