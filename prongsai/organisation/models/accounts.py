"""Accounts: an e-mail address and a password, tied to a person of the staff list."""

from datetime import date
from typing import Any

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from prongsai.organisation.models.people import Person


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password nobody can sign in with it. The address is kept in lower case."""
        user = self.model(email=self.normalise(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalise(username or ""))

    @staticmethod
    def normalise(email: str) -> str:
        return email.strip().lower()


class User(AbstractBaseUser):
    """Who signs in. What the person may do follows from posts and roles, never from the account."""

    email = models.EmailField(_("อีเมล"), unique=True, error_messages={"unique": _("อีเมลนี้มีบัญชีอยู่แล้ว")})
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("บุคคล")
    )
    is_active = models.BooleanField(_("เปิดใช้งาน"), default=True)
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ["email"]
        verbose_name = _("บัญชีผู้ใช้")
        verbose_name_plural = _("บัญชีผู้ใช้")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="user_email_is_lower_case")
        ]
        triggers = [pgtrigger.Protect(name="user_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        super().clean()
        self.email = UserManager.normalise(self.email)

    def may_sign_in(self, on: date | None = None) -> bool:
        """An open account of somebody who is in service on that day (by default today)."""
        return self.is_active and (self.person is None or self.person.is_in_service(on))
