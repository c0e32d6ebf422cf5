from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.inquiries"
    verbose_name = "การสอบข้อเท็จจริง"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai import notices
        from prongsai.acts import registry
        from prongsai.acts.declaration import record_type
        from prongsai.complaints import rooms
        from prongsai.inquiries import access, acts, duties, leaving, models, registers, sections
        from prongsai.registers import register
        from prongsai.staff import handover

        registry.register(*acts.ALL, *duties.ALL)
        register(*registers.ALL)
        notices.bar("inquiries.inquiry", access.never_told("case", models.Inquiry))
        for part in (models.Seat, models.Respondent, models.Summons, models.Statement, models.Sanction):
            notices.bar(record_type(part), access.never_told("inquiry__case", part))
        handover.register(leaving.Inquiries())
        rooms.add_section(sections.of_case)
        rooms.add_leaving(acts.stop_inquiries)
        rooms.add_envelopes(lambda case: case.inquiries.values_list("envelope_id", flat=True))
