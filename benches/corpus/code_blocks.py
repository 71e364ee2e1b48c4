"""Turns indented listings into the code blocks of which one article of eight has one."""

from __future__ import annotations

import textwrap

INDENTED_BLOCKS = [
    ("python", '''\
        from dataclasses import dataclass

        @dataclass
        class Stretch:
            """One exercise in a home programme."""
            name: str
            seconds: int = 30
            rounds: int = 3

            def total(self) -> float:
                return self.seconds * self.rounds / 60  # minutes

        plan = [Stretch("doorway"), Stretch("chin tuck", 10, 5)]
        print(f"{sum(s.total() for s in plan):.1f} minutes")
        '''),
    ("json", '''\
        {
          "client": "example",
          "sessions": [
            {"day": 1, "minutes": 12, "pressure": 3, "notes": "easy"},
            {"day": 3, "minutes": 15, "pressure": 4, "notes": null}
          ],
          "finished": false
        }
        '''),
    ("yaml", '''\
        programme:
          name: shoulder basics
          repeat: 3            # times a week
          steps:
            - {exercise: wall slide, rounds: 2}
            - exercise: pendulum
              seconds: 45
        '''),
    ("bash", '''\
        #!/bin/sh
        # remind me to move every thirty minutes
        while sleep 1800; do
            echo "stand up, roll the shoulders, breathe" | tee -a "$HOME/moves.log"
        done
        '''),
    ("javascript", '''\
        const rounds = [30, 30, 45];
        const total = rounds.reduce((sum, s) => sum + s, 0);
        document.querySelector("#timer").textContent = `${total} seconds`;
        '''),
]
CODE_BLOCKS = [(language, textwrap.dedent(code)) for language, code in INDENTED_BLOCKS]
