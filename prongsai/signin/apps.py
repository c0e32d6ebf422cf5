from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.signin"
    verbose_name = "การเข้าสู่ระบบ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai.signin import receivers  # noqa: F401 - connects itself
