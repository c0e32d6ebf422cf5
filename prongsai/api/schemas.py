"""The shape of every answer. Names are the English terms of the glossary; once published they do not change in v1."""

import datetime as dt

from ninja import Field, Schema


class LicenceOut(Schema):
    id: str = Field(description="SPDX identifier")
    title: str
    url: str


class ErrorOut(Schema):
    parameter: str
    detail: str
    detail_en: str


class ProblemOut(Schema):
    """RFC 9457, with the English words beside the Thai ones."""

    type: str
    title: str
    title_en: str
    status: int
    detail: str
    detail_en: str
    instance: str
    errors: list[ErrorOut]


class ProvinceOut(Schema):
    code: str = Field(description="Code of the Department of Provincial Administration")
    name_th: str
    name_en: str


class ServiceOut(Schema):
    version: str
    province: ProvinceOut
    is_sample: bool = Field(description="Everything here is invented")
    licence: LicenceOut
    documentation: str
    openapi: str
    catalogue: str


class CountsOut(Schema):
    """Operative clauses in each state."""

    done: int
    in_progress: int
    due_soon: int
    late: int
    none: int


class MeasureOut(Schema):
    announcement: str
    code: str
    title_th: str
    title_en: str
    short_th: str
    short_en: str
    clauses: CountsOut
    url: str


class AnnouncementOut(Schema):
    key: str
    title_th: str
    title_en: str
    issuer_th: str
    issuer_en: str
    signer: str
    signer_title_th: str
    signer_title_en: str
    signed_on: dt.date
    edition: str
    in_force: bool
    source_th: str
    source_en: str
    sha256: str = Field(description="Of the data file that was loaded")
    loaded_at: dt.datetime
    is_sample: bool
    url: str


class AnnouncementDetailOut(AnnouncementOut):
    measures: list[MeasureOut]
    licence: LicenceOut


class StandingOut(Schema):
    """Where a clause stands today. Confidential matters count for the state, but give no number and no date."""

    state: str = Field(description="late, due_soon, in_progress, done or none")
    label_th: str
    label_en: str
    next_due_on: dt.date | None
    latest_evidence_at: dt.datetime | None
    was_late: bool


class ClauseOut(Schema):
    announcement: str
    measure: str
    code: str
    label: str
    level: str = Field(description="clause, heading, recital or definition")
    operative: bool
    parent: str | None
    title_th: str
    printed: str = Field(description="The text as printed")
    reading: str | None = Field(description="The corrected reading, where the print is garbled")
    english: str
    duty_th: str = Field(description="Who must do what")
    actors: list[str]
    practices: list[str]
    oit_items: dict[str, list[str]] = Field(description="ITA items by fiscal year (B.E.)")
    standing: StandingOut | None = Field(description="Of operative clauses")
    url: str


class RuleOut(Schema):
    key: str
    value: float
    unit: str
    origin: str = Field(description="announcement, law or default (of the system)")
    label_th: str
    label_en: str
    source: str
    valid_from: dt.date


class EvidenceOut(Schema):
    entry: int = Field(description="Number in the ledger")
    at: dt.datetime
    act: str
    title_th: str
    title_en: str
    agency: int | None
    url: str
    proof_url: str


class MonthOut(Schema):
    """How often an act was done in confidential matters, in the whole province; null: fewer than five times."""

    month: str
    act: str
    title_th: str
    title_en: str
    count: int | None


class AgencyStandingOut(Schema):
    agency: int
    standing: StandingOut


class ClauseDetailOut(ClauseOut):
    rules: list[RuleOut]
    evidence: list[EvidenceOut] = Field(description="The newest twenty; all of them: the register evidence")
    confidential_months: list[MonthOut]
    agencies: list[AgencyStandingOut] = Field(description="Those that have evidence or a deadline")
    licence: LicenceOut


class AgencyOut(Schema):
    id: int
    code: str
    name_th: str
    name_en: str
    short_name: str
    kind: str
    ministry: str
    parent: int | None
    function: str
    head_title: str
    active_from: dt.date
    active_to: dt.date | None
    url: str


class ContactOut(Schema):
    address_th: str | None = None
    address_en: str | None = None
    phone: str | None = None
    hotline: str | None = None
    email: str | None = None
    web: str | None = None


class AgencyMeasureOut(Schema):
    measure: str
    clauses: CountsOut


class AgencyDetailOut(AgencyOut):
    contact: ContactOut
    announcement: str | None
    measures: list[AgencyMeasureOut]
    licence: LicenceOut


class HolidayOut(Schema):
    date: dt.date
    name_th: str
    name_en: str
    scope: str = Field(description="national, region or province")
    scope_code: str
    kind: str
    source: str


class ColumnOut(Schema):
    key: str
    label_th: str
    label_en: str
    kind: str


class ChoiceOut(Schema):
    value: str
    label_th: str
    label_en: str


class FilterOut(Schema):
    parameters: list[str]
    kind: str = Field(
        description="choice (one of the values), truth (1) or period (dates, both ends belong to it)"
    )
    label_th: str
    label_en: str
    choices: list[ChoiceOut]


class RegisterOut(Schema):
    key: str
    title_th: str
    title_en: str
    about_th: str
    about_en: str
    total: int
    changed_at: dt.datetime | None
    columns: list[ColumnOut]
    sortable: list[str]
    searchable: bool
    rows_url: str
    files: dict[str, str]
    url: str


class RegisterDetailOut(RegisterOut):
    filters: list[FilterOut]
    licence: LicenceOut


class RowOut(Schema):
    values: dict[str, str | int | float | bool | None]
    url: str | None


class StatementOut(Schema):
    subject: str
    subject_th: str
    subject_en: str
    period_from: dt.date
    period_to: dt.date
    signed_by: str
    signed_on: dt.date


class GroundOut(Schema):
    code: str
    label_th: str
    label_en: str
    main: int = Field(description="Complaints of which it is the main ground")
    named: int = Field(description="Complaints that name it at all")


class CountOut(Schema):
    code: str
    label_th: str
    label_en: str
    count: int


class MonthCountOut(Schema):
    month: str
    count: int


class AccusedOut(Schema):
    agency: int | None = Field(description="null: an agency outside the list")
    name_th: str
    name_en: str
    count: int


class ComplaintStatisticsOut(Schema):
    """Complaints received in a period. Figures of agencies that are small are hidden, and those agencies are not named."""

    fiscal_year: int = Field(description="B.E.")
    quarter: int | None
    first: dt.date
    last: dt.date
    total: int
    done: int
    in_progress: int
    receipts: int
    days_to_decide: float | None = Field(description="Median")
    grounds: list[GroundOut]
    ground_not_set: int
    channels: list[CountOut]
    states: list[CountOut]
    months: list[MonthCountOut]
    agencies: list[AccusedOut] | None = Field(description="null: not shown for quarters")
    others_hidden: bool
    smallest_shown: int
    statements: list[StatementOut]
    licence: LicenceOut


class CheckpointOut(Schema):
    tree_size: int
    root: str = Field(description="Base64")
    at: dt.datetime
    note: str = Field(description="C2SP signed note")


class LedgerOut(Schema):
    log: str
    verifier_key: str
    checkpoint: CheckpointOut | None = Field(description="The newest")
    verifier: str = Field(description="Address of the program that checks proofs without this site")


class ConsistencyOut(Schema):
    """``prongsai-consistency/v1``, as the verifier takes it."""

    format: str
    log: str
    key: str
    old_size: int
    new_size: int
    consistency: list[str]


class OpeningOut(Schema):
    salt: str
    content: dict


class ProofOut(Schema):
    """``prongsai-proof/v1``, as the verifier takes it."""

    format: str
    log: str
    key: str
    entry: str
    leaf_index: int
    inclusion: list[str]
    checkpoint: str
    opening: OpeningOut | None = Field(
        description="null: an internal matter; that it happened can be proven, not what"
    )
    document_sha256: str | None
