"""What may be said outside of a case's state: nothing that is still being discussed inside, no result before its notice."""

from __future__ import annotations

from prongsai.complaints.models import Case

S = Case.State
SAID = {
    S.ACCEPT_PROPOSED: S.SCREENING,
    S.REFUSE_PROPOSED: S.SCREENING,
    S.KEEP_PROPOSED: S.SCREENING,
    S.HEAD_DECIDES: S.SCREENING,
    S.CONCLUDED: S.FACT_FINDING,
    S.ACTION: S.FACT_FINDING,
    S.NO_ACTION: S.FACT_FINDING,
}


def said_state(case: Case) -> Case.State:
    return SAID.get(Case.State(case.state), Case.State(case.state))
