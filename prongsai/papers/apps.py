from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.papers"
    verbose_name = "เอกสารที่ลงนามแล้ว"
    default_auto_field = "django.db.models.BigAutoField"
