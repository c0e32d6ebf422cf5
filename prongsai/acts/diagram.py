"""State diagrams from the declarations, as Mermaid text for ``docs/``."""

from typing import Any

from prongsai.acts.registry import acts_for


def state_diagram(model: Any, states: Any) -> str:
    """A Mermaid ``stateDiagram-v2`` of every move that an act on ``model`` declares. ``states``: TextChoices."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in states]
    for act in acts_for(model):
        for origin, target in act.moves.items():
            start = "[*]" if origin is None else origin
            lines.append(f"    {start} --> {target}: {act.title}")
    return "\n".join(lines) + "\n"
