"""Turns sentence patterns with slots into parts that are cheap to fill."""

from __future__ import annotations

import re

# `{m}` is one of the muscles that the text is about; the other slots are in `words.SLOTS`.
SENTENCE_PATTERNS = """
The {m} tends to become {feel} after {cause}.
When the {m} is {feel}, {who} describe {bad} that spreads towards the {part}.
Start with a {adj} stretch and hold it for {time}.
Press into the {tissue} with {tool} and wait for {time} before you move on.
It is {adv} more useful to work {freq} than to do everything in a single session.
During {act}, the {m} has to share its load with the {tissue} around the {part}.
Keep the breath {adj} and let the {part} drop a little with each exhale.
{Who} notice {good} after a week, although the pace differs from person to person.
If {bad} gets sharper, stop, change the angle and try again with less pressure.
A {adj} warm-up makes the {m} easier to find and less likely to feel {feel}.
The aim is not to force length but to return {good} to the {part}.
Think of the {tissue} as something that adapts {adv} to what you ask of it.
There is no need for special equipment; {tool} is enough.
After {act} it can help to rest the {part} on {tool} for {time}.
Compare both sides, because the {m} is {adv} stronger on the side you prefer.
A {adj} pressure that eases within {time} is a better guide than a number on a scale.
Long before {bad} appears, {cause} may have made the {part} {feel}.
{Who} prefer to practise {freq}, which fits well around {act}.
Move the {part} through a {adj} circle and notice where the motion feels {feel}.
The {m} works {adv} with its neighbours, so treating it alone seldom lasts.
Write down what you did, how long it took and how the {part} felt the next day.
Avoid holding the breath, since that makes the {tissue} feel more {feel}.
Between sessions, change position often and interrupt {act} with {time} of movement.
In the clinic we look at the {part} first and only then at the {m} itself.
This pattern is {adv} linked with {cause}, and it improves when that habit changes.
Use {tool} to support the {part} so that the {m} can soften.
Return to {act} in small steps and keep one day of rest between harder sessions.
With {adj} practice, {good} usually comes back before strength does.
A {feel} {tissue} near the {part} can limit motion even when nothing is injured.
If you are unsure, choose the easier version and repeat it {freq}.
The referral of the {m} is {adv} felt far from the {tissue} that causes it.
Sit tall, lengthen the back of the neck and let the {part} follow.
Most of the change happens in the first {time}, so a longer hold adds little.
Ask someone to watch you while you try {act}; small shifts are easy to miss.
{Who} confuse {bad} with weakness, although the {m} tests as strong.
""".strip().splitlines()

HEADING_PATTERNS = """
What the {m} does
Why the {part} becomes {feel}
How to find the right spot
A {adj} routine for the {part}
Common mistakes
When to pause and ask for help
Load, rest and pacing
Notes on {act}
Breathing and posture
Tools that help
A week of practice
What we see in the clinic
Before and after {act}
Working with the {tissue}
Signs of progress
Everyday habits around {act}
Frequently confused patterns
How {cause} plays a part
A short self-check
Adapting the exercise
Strength after mobility
Summary and next steps
""".strip().splitlines()

TITLE_PATTERNS = [
    "Why the {m} feels {feel} after {act}", "A {adj} guide to the {m}",
    "{m}: {bad} and what to try",
    "Easing {bad} around the {part}", "The {m} and {act}", "How {cause} affects the {m}",
    "Five {adj} exercises for the {m}", "Returning to {act} with a {feel} {part}",
    "Stretching the {m} with {tool}", "What helps when the {part} is {feel}",
]

QUESTION_PATTERNS = [
    "How long does it take until the {m} feels less {feel}?", "Can I keep up {act} with {bad}?",
    "Is {tool} suitable for the {part}?", "How often should I stretch the {m}?",
    "Why does the {part} hurt more after {act}?", "Should I use heat or cold on the {m}?",
]

SLOT = re.compile(r"\{(\w+)\}")


class Slot(str):
    """The name of a slot, so that it is told apart from plain text."""


def split_slots(pattern: str) -> list[str]:
    """Splits 'a {b} c' into ['a ', Slot('b'), ' c'] once, for many fillings."""
    pieces = SLOT.split(pattern.strip())
    return [Slot(piece) if n % 2 else piece for n, piece in enumerate(pieces) if n % 2 or piece]


SENTENCES = [split_slots(pattern) for pattern in SENTENCE_PATTERNS]
HEADINGS = [split_slots(pattern) for pattern in HEADING_PATTERNS]
TITLES = [split_slots(pattern) for pattern in TITLE_PATTERNS]
QUESTIONS = [split_slots(pattern) for pattern in QUESTION_PATTERNS]
