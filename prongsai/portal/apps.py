from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.portal"
    verbose_name = "หน้าสำหรับประชาชน"
    default_auto_field = "django.db.models.BigAutoField"
