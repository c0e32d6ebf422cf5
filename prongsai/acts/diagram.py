"""State diagrams from the declarations: ``python -m prongsai.acts.diagram > docs/states.md``."""

from __future__ import annotations

import os
import sys
from typing import Any

from prongsai.acts.declaration import Act, record_type
from prongsai.acts.registry import acts_for, all_acts

INTRODUCTION = """# State machines

Written by `python -m prongsai.acts.diagram > docs/states.md` from the declarations of the acts; a test compares. Every
arrow is an act. Acts that move nothing, and what each act is evidence for, stand in the tables.
"""
FACES = {
    "office": "staff",
    "public": "citizen",
    "system": "the clock",
    "scan": "staff, by a scan",
    "page": "staff, on its own pages",
}


def state_diagram(model: Any, states: Any) -> str:
    """A Mermaid ``stateDiagram-v2`` of every move that an act on ``model`` declares. ``states``: TextChoices."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in states]
    for act in acts_for(model):
        for origin, target in act.moves.items():
            start = "[*]" if origin is None else origin
            lines.append(f"    {start} --> {target}: {act.title}")
    return "\n".join(lines) + "\n"


def document() -> str:
    """All state machines as one Markdown page, in the order of the models' names."""
    models = {record_type(act.record): act.record for act in all_acts()}
    return "\n".join([INTRODUCTION, *(_part(models[name]) for name in sorted(models))])


def _part(model: Any) -> str:
    rows = "\n".join(_row(act) for act in acts_for(model))
    return (
        f"## {record_type(model)}\n\n```mermaid\n{state_diagram(model, model.State)}```\n\n"
        "| act | key | by | clauses | opens | meets | cancels |\n|---|---|---|---|---|---|---|\n"
        f"{rows}\n"
    )


def _row(act: Act) -> str:
    duties = [", ".join(duty.title for duty in kinds) for kinds in (act.opens, act.meets, act.cancels)]
    cells = [act.title, f"`{act.key()}`", FACES[act.face], ", ".join(act.clauses), *duties]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    import django
    from django.utils import translation

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
    django.setup()
    with translation.override("th"):
        sys.stdout.write(document())
