from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.ledger"
    verbose_name = "สมุดบันทึกที่ตรวจสอบได้"
    default_auto_field = "django.db.models.BigAutoField"
