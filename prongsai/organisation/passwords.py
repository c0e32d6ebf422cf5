"""Django's rules for passwords, with their sentences in Thai (Django has none)."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _


class NotLikeTheAccount(rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("รหัสผ่านคล้ายกับข้อมูลของบัญชีมากเกินไป")

    def get_help_text(self) -> str:
        return _("ต้องไม่คล้ายกับอีเมลของท่าน")


class LongEnough(rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย %(length)d ตัวอักษร") % {"length": self.min_length}

    def get_help_text(self) -> str:
        return _("ต้องมีอย่างน้อย %(length)d ตัวอักษร") % {"length": self.min_length}


class NotCommon(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("รหัสผ่านนี้มีผู้ใช้กันทั่วไป เดาได้ง่าย")

    def get_help_text(self) -> str:
        return _("ต้องไม่เป็นรหัสผ่านที่ใช้กันทั่วไป")
