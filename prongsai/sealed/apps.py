from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.sealed"
    verbose_name = "ข้อมูลที่ปิดผนึก"
    default_auto_field = "django.db.models.BigAutoField"
