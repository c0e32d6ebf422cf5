from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.compliance"
    verbose_name = "การปฏิบัติตามมาตรการ"
    default_auto_field = "django.db.models.BigAutoField"
