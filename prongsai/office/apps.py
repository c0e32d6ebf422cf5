from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.office"
    verbose_name = "หน้าสำหรับเจ้าหน้าที่"
    default_auto_field = "django.db.models.BigAutoField"
