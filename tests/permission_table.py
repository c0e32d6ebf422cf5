"""Who may open which address of the house: the table that ``test_permissions.py`` tries.

Columns that are not named here are those of everybody: the public (with or without a tracking code) and staff. Words in
capitals stand for what the stage holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.stage import PUBLIC

OK, SIGN_IN, MOVED, FORBIDDEN, MISSING, NOT_THIS_WAY, GONE = 200, "sign in", "moved", 403, 404, 405, 410
Outcome = int | str


@dataclass(frozen=True)
class Row:
    """An address, and what happens: to the public, to staff, and to those for whom it is otherwise."""

    name: str
    arguments: tuple[Any, ...]
    public: Outcome
    staff: Outcome
    other: dict[str, Outcome] = field(default_factory=dict)
    post: bool = False
    path: str = ""  # where no arguments lead there

    def expected(self, who: str) -> Outcome:
        return self.other.get(who, self.public if who in PUBLIC else self.staff)

    def __str__(self) -> str:
        return f"{'POST ' if self.post else ''}{self.name} {' '.join(map(str, self.arguments))}".strip()


def page(name: str, *arguments: Any, everybody: Outcome = OK, **other: Outcome) -> Row:
    return Row(name, arguments, everybody, everybody, other)


def office(name: str, *arguments: Any, staff: Outcome = OK, **other: Outcome) -> Row:
    return Row(name, arguments, SIGN_IN, staff, other)


def sent(name: str, *arguments: Any, public: Outcome, staff: Outcome, **other: Outcome) -> Row:
    return Row(name, arguments, public, staff, other, post=True)


# Who sees the working group of the stage.
LINE: dict[str, Outcome] = dict.fromkeys(("officer", "supervisor", "head", "auditor"), OK)

CHANNEL = ("write", "send", "thread", "open", "content", "again")
# Who has made a key: the chair of the stage's fact-finding committee too, and the head who carries out a measure.
WITH_A_KEY = ("centre", "custodian", "elsewhere", "head")

# Words in capitals stand for what the stage holds (see ``meant``).
TABLE = [
    # No worker runs beside the tests, so the house is not healthy; what counts is that anybody may ask.
    page("healthz", everybody=503),
    page("set_language", everybody=MOVED),
    # --- the public site
    page("portal:home"),
    page("portal:search"),
    page("portal:announcement"),
    page("portal:announcement", "ANNOUNCEMENT"),
    page("portal:announcement", "nothing", everybody=MISSING),
    page("portal:measure", "M5"),
    page("portal:measure", "ANNOUNCEMENT", "M5"),
    page("portal:clause", "ANNOUNCEMENT", "M5.2.1"),
    page("portal:agencies"),
    page("portal:agency", "AGENCY"),
    page("portal:evidence", "OPEN_ENTRY"),
    page("portal:evidence", "SECRET_ENTRY", everybody=MISSING),
    page("portal:proof", "OPEN_ENTRY"),
    page("portal:proof", "SECRET_ENTRY", everybody=MISSING),
    page("portal:registers"),
    *(page(f"portal:register{kind}", "evidence") for kind in ("", "-csv", "-xlsx")),
    # What is not public is not on the public site, not even for those who may see it elsewhere.
    *(page(f"portal:register{kind}", "complaints", everybody=MISSING) for kind in ("", "-csv", "-xlsx")),
    *(page(f"portal:register{kind}", "people", everybody=MISSING) for kind in ("", "-csv", "-xlsx")),
    *(
        page(f"portal:register{kind}", key)
        for key in ("committee-members", "committee-meetings", "committee-resolutions")
        for kind in ("", "-csv", "-xlsx")
    ),
    *(
        page("portal:register", key, everybody=MISSING)
        for key in ("committees", "meetings", "meetings-interests")
    ),
    # Files, feeds and maps for programs: what the pages show, and no more.
    page("portal:register-json", "evidence"),
    page("portal:register-json", "complaints", everybody=MISSING),
    page("portal:catalogue"),
    page("portal:feed-evidence", "rss"),
    page("portal:feed-evidence", "nothing", everybody=MISSING),
    page("portal:feed-statements", "atom"),
    page("portal:feed-agency", "AGENCY", "rss"),
    page("portal:feed-clause", "ANNOUNCEMENT", "M5.2.1", "rss"),
    page("portal:calendar"),
    page("portal:sitemap"),
    page("portal:sitemap-part", "pages", 1),
    page("portal:verify"),
    page("portal:verify-program"),
    page("portal:about"),
    page("portal:privacy"),
    page("portal:accessibility"),
    page("portal:robots"),
    page("portal:favicon", everybody=MOVED),
    # --- open data: whoever asks is nobody in particular, and only reading is answered
    page("open-data:docs"),
    page("api:service"),
    page("api:api-root"),
    page("api:openapi-json"),
    page("api:announcements"),
    page("api:announcement", "ANNOUNCEMENT"),
    page("api:measures", "ANNOUNCEMENT"),
    page("api:clauses", "ANNOUNCEMENT"),
    page("api:clause", "ANNOUNCEMENT", "M5.2.1"),
    page("api:agencies"),
    page("api:agency", "AGENCY"),
    page("api:holidays"),
    page("api:registers"),
    page("api:register", "evidence"),
    page("api:register", "complaints", everybody=MISSING),
    page("api:register_rows", "evidence"),
    page("api:register_rows", "complaints", everybody=MISSING),
    page("api:complaint_statistics"),
    page("api:ledger"),
    page("api:checkpoint", "TREE_SIZE"),
    page("api:consistency", everybody=400),  # between which two, it asks
    page("api:inclusion_proof", "OPEN_ENTRY"),
    page("api:inclusion_proof", "SECRET_ENTRY", everybody=MISSING),
    Row("api:nothing", (), MISSING, MISSING, path="/api/v1/complaints"),
    sent("api:registers", public=NOT_THIS_WAY, staff=NOT_THIS_WAY),
    # --- a citizen's own matter
    page("complaints:how"),
    page("complaints:new"),
    page("complaints:statistics-document", "pdf"),
    page("complaints:blank-letter", "pdf"),
    page("complaints:statistics"),
    page("complaints:receipt", everybody=GONE),
    page("complaints:receipt-proof", everybody=GONE),
    page("complaints:receipt-copy", everybody=GONE),
    page("complaints:receipt-document", "pdf", everybody=GONE),
    page("complaints:receipt-kept", everybody=NOT_THIS_WAY),
    page("complaints:track"),
    page("complaints:matter", everybody=MOVED, citizen=OK),
    page("complaints:matter-proof", everybody=MOVED, citizen=OK),
    page("complaints:matter-copy", everybody=MOVED, citizen=OK),
    page("complaints:signature", everybody=MOVED),  # that of the citizen is confirmed already
    page("complaints:ask-review", everybody=MOVED),  # that of the citizen is not refused
    page("complaints:matter-file", "NOTHING", everybody=MOVED, citizen=MISSING),
    page("complaints:send-more", everybody=NOT_THIS_WAY),
    sent("complaints:send-more", public=FORBIDDEN, staff=FORBIDDEN, citizen=422),
    page("complaints:leave", everybody=NOT_THIS_WAY),
    # --- the confidential channel: by plain HTTP not at all (``prongsai/confidential/tests`` come by HTTPS)
    *(page(f"confidential:{name}", everybody=FORBIDDEN) for name in CHANNEL),
    sent("confidential:send", public=FORBIDDEN, staff=FORBIDDEN),
    page("confidential-office:key", everybody=FORBIDDEN),
    *(page(f"confidential-office:{name}", "NOTHING", everybody=FORBIDDEN) for name in ("open", "reply")),
    page("confidential-office:content", "NOTHING", 1, everybody=FORBIDDEN),
    # --- protection
    page("protection:policy"),
    page("protection:mine", everybody=MOVED, citizen=OK),
    # --- accounts
    page("account_login", everybody=MOVED, anyone=OK, citizen=OK),
    page("account_logout", anyone=MOVED, citizen=MOVED),
    page("account_inactive"),
    office("account_change_password"),
    # Without a link in hand, or with one that opens nothing.
    page("staff:invitation", everybody=GONE),
    page("staff:invitation-link", "nothing", everybody=MOVED),
    # Where ThaID is not configured it has no address at all (``test_thaid.py`` goes there where it is).
    *(
        page(f"thaid_{name}", everybody=MISSING)
        for name in ("link", "login", "connect", "callback", "unlink")
    ),
    # One's own second factors and sessions. Somebody else's do not exist; nobody here has a factor to lose.
    office("mfa_authenticate", staff=MOVED),  # only between the password and the second factor
    office("mfa_login_webauthn", staff=MOVED),  # the script asks for JSON
    office("account_reauthenticate"),
    office("mfa_reauthenticate", staff=MOVED),
    office("mfa_reauthenticate_webauthn", staff=MOVED),
    office("mfa_index"),
    office("mfa_activate_totp"),
    office("mfa_deactivate_totp", staff=MISSING),
    office("mfa_view_recovery_codes", staff=MISSING),
    office("mfa_generate_recovery_codes"),
    office("mfa_add_webauthn"),
    office("mfa_edit_webauthn", "NUMBER_OF_NOTHING", staff=MISSING),
    office("mfa_remove_webauthn", "NUMBER_OF_NOTHING", staff=MISSING),
    office("account_sessions"),
    page("account_session_end", "NUMBER_OF_NOTHING", everybody=NOT_THIS_WAY),
    sent("account_session_end", "NUMBER_OF_NOTHING", public=SIGN_IN, staff=MISSING),
    page("account_sessions_end_others", everybody=NOT_THIS_WAY),
    sent("account_sessions_end_others", public=SIGN_IN, staff=MOVED),
    # --- the staff site
    office("office:my-work"),
    office("office:notices"),
    page("office:notices-read", everybody=NOT_THIS_WAY),
    sent("office:notices-read", public=SIGN_IN, staff=MOVED),
    page("office:notices-mail", everybody=NOT_THIS_WAY),
    sent("office:notices-mail", public=SIGN_IN, staff=422),  # an empty form is asked again
    office("office:notice", "NOTICE_TO_THE_CENTRE", staff=MISSING, centre=MOVED),
    office("office:registers"),
    office("office:search"),
    *(
        office(f"office:register{kind}", "complaints", staff=MISSING, centre=OK)
        for kind in ("", "-csv", "-xlsx")
    ),
    *(
        office(f"office:register{kind}", "reveals", staff=MISSING, centre=OK, custodian=OK)
        for kind in ("", "-csv", "-xlsx")
    ),
    *(
        office(f"office:register{kind}", key, staff=MISSING, centre=OK, head=OK, elsewhere=OK)
        for key in ("inquiries", "sanctions")
        for kind in ("", "-csv", "-xlsx")
    ),
    *(
        office(f"office:register{kind}", "people", staff=MISSING, supervisor=OK, head=OK, admin=OK)
        for kind in ("", "-csv", "-xlsx")
    ),
    *(office(f"office:register{kind}", "duties", admin=MISSING) for kind in ("", "-csv", "-xlsx")),
    *(office(f"office:register{kind}", "holidays") for kind in ("", "-csv", "-xlsx")),
    *(
        office(f"office:register{kind}", key, admin=MISSING)
        for key in ("committees", "meetings", "meetings-agenda", "meetings-interests")
        for kind in ("", "-csv", "-xlsx")
    ),
    *(
        office("office:record", key, what, staff=MISSING, **LINE)
        for key, what in (("committees", "COMMITTEE"), ("meetings", "MEETING"), ("meetings-agenda", "ITEM"))
    ),
    office("office:record", "meetings-interests", "INTEREST", staff=MISSING, officer=OK, supervisor=OK),
    office("office:document", "meetings", "MEETING", "committee-minutes", "html", staff=MISSING, **LINE),
    *(
        office(f"office:register{kind}", key, staff=MISSING, head=OK, admin=OK)
        for key in ("invitations", "departures")
        for kind in ("", "-csv", "-xlsx")
    ),
    *(
        office(f"office:register{kind}", "roles", staff=MISSING, head=OK, auditor=OK, admin=OK)
        for kind in ("", "-csv", "-xlsx")
    ),
    # A large export is its asker's alone. The registers of the stage are small: those are led to the file at once.
    office("office:export-ask", "complaints", staff=MISSING, centre=MOVED),
    office("office:export-ask", "people", staff=MISSING, supervisor=MOVED, head=MOVED, admin=MOVED),
    office("office:export", "EXPORT", staff=MISSING, centre=OK),
    office("office:export-file", "EXPORT", staff=MISSING, centre=MOVED),  # not made yet: to its page
    page("office:export-cancel", "EXPORT", everybody=NOT_THIS_WAY),
    sent("office:export-cancel", "EXPORT", public=SIGN_IN, staff=MISSING, centre=MOVED),
    office("office:record", "roles", "ROLE", staff=MISSING, head=OK, auditor=OK, admin=OK),
    office("office:record", "invitations", "INVITATION", staff=MISSING, head=OK, admin=OK),
    office("office:record", "departures", "DEPARTURE", staff=MISSING, head=OK, admin=OK),
    office("office:record", "complaints", "CASE", staff=MISSING, centre=OK),
    office("office:record", "complaints", "NAMING_THE_CENTRE", staff=MISSING),
    office("office:record", "complaints", "NOTHING", staff=MISSING),
    office("office:record", "reveals", "REVEAL", staff=MISSING, centre=OK, custodian=OK),
    office("office:record", "people", "NOTHING", staff=MISSING),
    office("office:document", "complaints", "CASE", "complaint-receipt", "html", staff=MISSING, centre=OK),
    # Sealed text is in this one: first to the page that asks for the passphrase.
    office(
        "office:document",
        "complaints",
        "SCREENED",
        "complaint-screening",
        "html",
        staff=MISSING,
        centre=MOVED,
    ),
    # What goes with a matter to another authority: for its handler, who is first asked for the passphrase.
    office("complaints-office:package", "REFERRED", staff=MISSING, centre=MOVED),
    office("complaints-office:package", "CASE", staff=MISSING),
    office("office:document", "complaints", "CASE", "nothing", "html", staff=MISSING),
    office("office:document", "complaints", "NAMING_THE_CENTRE", "complaint-receipt", "html", staff=MISSING),
    office("office:act", "complaints.start_screening", "CASE", staff=MISSING, centre=OK),
    office("office:act", "complaints.start_screening", "NAMING_THE_CENTRE", staff=MISSING),
    office("office:act", "complaints.nothing", "CASE", staff=MISSING),
    office("office:make", "complaints.declare_no_complaint", staff=FORBIDDEN, centre=OK),
    office("office:make", "compliance.add_holiday", staff=FORBIDDEN, admin=OK),
    office("office:make", "complaints.file_complaint", staff=MISSING),  # a citizen's act
    # --- the desk: who takes complaints in
    office("complaints-office:statistics", staff=MISSING, centre=OK),
    office("complaints-office:intake", staff=FORBIDDEN, centre=OK),
    *(
        office("complaints-office:intake-channel", channel, staff=FORBIDDEN, centre=OK)
        for channel in ("centre", "damrongtham", "phone", "post_signed", "post_anonymous", "agency")
    ),
    office("complaints-office:intake-channel", "web", staff=MISSING),
    sent("complaints-office:intake-channel", "phone", public=SIGN_IN, staff=FORBIDDEN, centre=422),
    office("complaints-office:intake-receipt", staff=GONE),
    office("complaints-office:intake-receipt-document", "receipt", "pdf", staff=GONE),
    page("complaints-office:intake-receipt-given", everybody=NOT_THIS_WAY, anyone=SIGN_IN, citizen=SIGN_IN),
    sent("complaints-office:intake-receipt-given", public=SIGN_IN, staff=MOVED),
    page(
        "complaints-office:intake-draft-delete",
        "NOTHING",
        everybody=NOT_THIS_WAY,
        anyone=SIGN_IN,
        citizen=SIGN_IN,
    ),
    sent("complaints-office:intake-draft-delete", "NOTHING", public=SIGN_IN, staff=MISSING),
    office("complaints-office:intake-envelope", "REVEAL", "NOTHING", staff=MISSING),
    *(office(f"office:register{kind}", "post", staff=MISSING, centre=OK) for kind in ("", "-csv", "-xlsx")),
    office("office:register", "received", staff=MISSING),
    office("office:record", "post", "LETTER", staff=MISSING, centre=OK),
    office("office:make", "complaints.file_by_staff", staff=MISSING),
    office("office:file", "FILE", staff=MISSING, centre=MOVED),  # to the page that asks for the passphrase
    office("office:file", "NOTHING", staff=MISSING),
    office("office:file-original", "FILE", staff=MISSING),  # it has no working copy beside it
    office("office:record-files", "complaints", "FILED_WITH", staff=MISSING, centre=MOVED),
    office("office:record-files", "complaints", "CASE", staff=MISSING),
    # Whose paper a scan is, is asked of each paper; the page itself shows nothing.
    office("office:signed-papers"),
    sent("office:signed-papers", public=SIGN_IN, staff=422),
    page("office:signed-papers-file", everybody=NOT_THIS_WAY),
    sent("office:signed-papers-file", public=SIGN_IN, staff=422),
    office("office:dashboard", staff=FORBIDDEN, head=OK, auditor=OK),
    office("office:dashboard-measure", "M5", staff=FORBIDDEN, head=OK, auditor=OK),
    office("office:dashboard-cell", "M5", "AGENCY", staff=FORBIDDEN, head=OK, auditor=OK),
    office("office:dashboard-cell", "M5", "ANOTHER_AGENCY", staff=FORBIDDEN, head=MISSING, auditor=OK),
    # --- one's own key: whoever has none is led to make one, whoever has one does not make another
    office("sealed:unlock", staff=MOVED, **dict.fromkeys(WITH_A_KEY, OK)),
    office("sealed:create", **dict.fromkeys(WITH_A_KEY, MOVED)),
    office("sealed:change", staff=MOVED, **dict.fromkeys(WITH_A_KEY, OK)),
    page("sealed:lock", everybody=NOT_THIS_WAY),
    sent("sealed:lock", public=SIGN_IN, staff=MOVED),
]
