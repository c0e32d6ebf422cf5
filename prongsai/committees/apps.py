from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.committees"
    verbose_name = "คณะกรรมการและการประชุม"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai.acts import registry as acts
        from prongsai.committees import acts as verbs
        from prongsai.committees import registers as lists
        from prongsai.registers import register

        acts.register(*verbs.ALL)
        register(*lists.ALL)
