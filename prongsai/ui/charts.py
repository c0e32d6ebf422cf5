"""Geometry of the charts that the server draws as SVG. Plain numbers in, plain numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass

from prongsai.ui.parts import Bar, Segment

GAP = 1.2  # percent of the ring left open between two segments


@dataclass(frozen=True)
class Arc:
    """One segment as a dash on a circle whose circumference is 100. ``offset`` turns it to start at 12 o'clock."""

    segment: Segment
    length: float
    offset: float
    percent: int

    @property
    def rest(self) -> float:
        """The gap after the dash: dash and gap make one whole turn, so that the offset wraps."""
        return 100 - self.length


def percents(counts: Sequence[int]) -> list[int]:
    """Whole percents that add up to 100 (largest remainder), or zeros when there is nothing to count."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    exact = [100 * count / total for count in counts]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(counts)), key=lambda i: exact[i] - whole[i], reverse=True)
    for index in by_remainder[: 100 - sum(whole)]:
        whole[index] += 1
    return whole


def arcs(segments: Sequence[Segment]) -> list[Arc]:
    """The arcs of a ring, clockwise from the top. Empty segments keep their place in the list with length 0."""
    total = sum(segment.count for segment in segments)
    several = sum(1 for segment in segments if segment.count) > 1
    result, start = [], 0.0
    for segment, percent in zip(segments, percents([s.count for s in segments]), strict=True):
        share = 100 * segment.count / total if total else 0.0
        # A sliver stays visible: one late clause of a thousand must not vanish into the gap.
        length = max(share - GAP, 0.8) if several and share else share
        result.append(Arc(segment, round(length, 2), round((125 - start) % 100, 2), percent))
        start += share
    return result


def bar_widths(bars: Sequence[Bar]) -> list[float]:
    """Bar lengths in percent of the longest, which is 100. Nothing is drawn for zero."""
    longest = max((bar.value for bar in bars), default=0)
    return [round(100 * bar.value / longest, 2) if longest > 0 else 0.0 for bar in bars]
