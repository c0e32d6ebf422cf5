"""The state diagrams in ``docs/`` are what the declarations say."""

from pathlib import Path

from django.utils import translation

from prongsai.acts.diagram import document

COMMITTED = Path(__file__).parents[3] / "docs" / "states.md"


def test_the_committed_diagrams_are_up_to_date() -> None:
    with translation.override("th"):
        assert COMMITTED.read_text(encoding="utf-8") == document(), (
            "run: python -m prongsai.acts.diagram > docs/states.md"
        )
