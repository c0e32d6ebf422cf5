from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.staff"
    verbose_name = "บุคลากร"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai.acts.registry import register as register_acts
        from prongsai.registers import register
        from prongsai.staff import acts, registers, registers_keys

        register_acts(*acts.ALL)
        register(registers.Invitations, registers.RoleGrants, registers.Departures)
        register(registers_keys.KeyRecoveries, registers_keys.RecoveryDrills)
