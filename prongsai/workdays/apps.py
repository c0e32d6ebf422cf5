from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.workdays"
    verbose_name = "วันทำการ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai.workdays import zone  # noqa: F401 - registers its check
