from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.compliance"
    verbose_name = "การปฏิบัติตามมาตรการ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai.acts.registry import register as register_acts
        from prongsai.compliance.calendar_acts import AddHoliday, WithdrawHoliday
        from prongsai.compliance.office_registers import Duties, Holidays, People
        from prongsai.compliance.outbox_register import Outbox
        from prongsai.compliance.registers import Clauses, Evidence, Statements
        from prongsai.registers import register

        register_acts(AddHoliday, WithdrawHoliday)
        register(Clauses, Statements, Evidence, Duties, Holidays, People, Outbox)
