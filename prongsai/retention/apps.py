from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.retention"
    verbose_name = "การเก็บรักษาและทำลาย"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai.acts import registry as acts_registry
        from prongsai.registers import register
        from prongsai.retention import acts, duties, holding, registers

        acts_registry.register(
            holding.LiftHold,
            acts.MakeList,
            acts.HandIn,
            acts.Approve,
            acts.Stop,
            acts.Destroy,
            *duties.ALL,
        )
        register(registers.Holds, registers.DestructionLists)
