from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.api"
    verbose_name = "ข้อมูลเปิดสำหรับโปรแกรม"
    default_auto_field = "django.db.models.BigAutoField"
