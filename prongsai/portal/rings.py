"""Counts of clauses by state, as segments of a ring: fulfilled first, then what needs attention."""

from prongsai.compliance.standing import STATES
from prongsai.registers.language import pick
from prongsai.ui.parts import Segment

ORDER = ("done", "in_progress", "due_soon", "late", "none")
TONES = {"done": "done", "in_progress": "progress", "due_soon": "soon", "late": "late", "none": "neutral"}


def segments(counts: dict[str, int]) -> list[Segment]:
    """``counts``: clauses per state, from ``Board.count``. In-progress appears only where there is some."""
    shown = [state for state in ORDER if counts[state] or state != "in_progress"]
    return [Segment(pick(*STATES[state]), counts[state], TONES[state]) for state in shown]
