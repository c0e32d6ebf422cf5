"""What a measurement hands over, and how the whole is printed."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value. ``goal``: what was promised, as text; ``met``: None where nothing was promised.

    ``ratio`` sets it beside another figure of the same run. ``is_fault``: missing the goal is a fault of the house,
    on whatever machine.
    """

    key: str
    title: str
    value: float
    unit: str
    goal: str = ""
    met: bool | None = None
    ratio: str = ""
    note: str = ""
    is_fault: bool = False


def at_least(key: str, title: str, value: float, unit: str, goal: float, **more: str) -> Figure:
    return Figure(key, title, value, unit, f"≥ {goal:,g}", value >= goal, **more)


def at_most(key: str, title: str, value: float, unit: str, goal: float, **more: str) -> Figure:
    return Figure(key, title, value, unit, f"≤ {goal:,g}", value <= goal, **more)


def never(key: str, title: str, count: int, note: str = "") -> Figure:
    return Figure(key, title, count, "", "0", count == 0, note=note, is_fault=count != 0)


def machine(database: str) -> dict[str, str]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{part:.2f}" for part in os.getloadavg())
    return {
        "cores": str(cores),
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "postgresql": database,
        "load": f"{load} (before the run)",
    }


def as_json(figures: Iterable[Figure], where: dict[str, str], seconds: float) -> str:
    return json.dumps(
        {
            "machine": where,
            "seconds": round(seconds, 1),
            "figures": {figure.key: asdict(figure) for figure in figures},
        },
        ensure_ascii=False,
        indent=1,
    )


def as_table(figures: list[Figure], where: dict[str, str], seconds: float) -> str:
    rows = [("", "measured", "figure", "", "goal", "ratio"), *map(_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    lines = []
    for number, row in enumerate(rows):
        cells = [
            row[column].rjust(widths[column]) if column == 2 else row[column].ljust(widths[column])
            for column in range(6)
        ]
        lines.append("  ".join(cells).rstrip())
        if number == 0:
            lines.append("  ".join("─" * width for width in widths))
        elif note := figures[number - 1].note:
            lines.append(f"   {' ' * widths[0]}{note}")
    lines += ["", " · ".join(f"{name} {text}" for name, text in where.items()), f"whole run {seconds:.0f} s"]
    return "\n".join(lines)


def _row(figure: Figure) -> tuple[str, ...]:
    mark = {True: "✓", False: "✗", None: " "}[figure.met]
    return mark, figure.title, _number(figure.value), figure.unit, figure.goal, figure.ratio


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.1f}"
