from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.confidential"
    verbose_name = "ช่องทางลับ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai.acts import registry as acts
        from prongsai.confidential import acts as declared
        from prongsai.confidential import duties, registers
        from prongsai.registers import register

        acts.register(*declared.ALL, *duties.ALL)
        register(registers.Reports, registers.Keys, registers.Deputies)
