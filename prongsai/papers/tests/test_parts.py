"""Which pages belong together, and that a page without a QR is never given to a paper before which it lies."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from prongsai.documents import Stamp
from prongsai.documents.stamp import verify_address
from prongsai.papers.parts import FOREIGN, NO_CODE, SEVERAL, parts_of, spans

ONE, OTHER = (Stamp("minutes", f"ที่ {n}", dt.date(2026, 5, n), uuid4()) for n in (1, 2))
A, B, ELSEWHERE = verify_address(ONE), verify_address(OTHER), "https://elsewhere.example/?paper=x"


def laid(*pages):
    return [(p.stamp, p.pages, p.problem, p.unread) for p in parts_of(pages)]


def test_a_qr_begins_a_paper_and_pages_without_one_go_on_with_it():
    assert laid([A], [A], [], [B], [A]) == [(ONE, [1, 2, 3, 5], "", [3]), (OTHER, [4], "", [])]


def test_pages_before_the_first_qr_and_after_a_doubtful_page_stay_by_themselves():
    assert laid([], [A]) == [(None, [1], NO_CODE, [1]), (ONE, [2], "", [])]
    assert laid([A, B], []) == [(None, [1], SEVERAL, []), (None, [2], NO_CODE, [2])]


def test_a_foreign_qr_beside_ours_does_not_matter_alone_it_is_no_paper_of_ours():
    assert laid([ELSEWHERE, A], [ELSEWHERE], []) == [(ONE, [1], "", []), (None, [2, 3], FOREIGN, [3])]


def test_pages_are_told_in_spans():
    assert spans([5, 1, 2, 3]) == "1–3, 5" and spans([2]) == "2"
