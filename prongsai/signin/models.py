"""What sign-in remembers between requests: counters of attempts, and browsers that an account has used."""

from django.conf import settings
from django.db import models


class Counter(models.Model):
    """Attempts within one window of time. ``key`` is a keyed hash, so that no address and no account stands here."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField("จำนวนครั้ง")
    ends_at = models.DateTimeField("สิ้นสุด", db_index=True)

    class Meta:
        verbose_name = "ตัวนับการเข้าสู่ระบบ"
        verbose_name_plural = "ตัวนับการเข้าสู่ระบบ"

    def __str__(self) -> str:
        return f"{self.key[:8]}… {self.count}"


class Device(models.Model):
    """A browser in which somebody has signed in to the account. ``key_hash`` is that of a random cookie."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    key_hash = models.CharField(max_length=64)
    label = models.CharField("อุปกรณ์", max_length=100)
    first_at = models.DateTimeField("ใช้ครั้งแรก")
    last_at = models.DateTimeField("ใช้ครั้งล่าสุด", db_index=True)

    class Meta:
        verbose_name = "อุปกรณ์ที่เคยเข้าสู่ระบบ"
        verbose_name_plural = "อุปกรณ์ที่เคยเข้าสู่ระบบ"
        constraints = [models.UniqueConstraint(fields=["user", "key_hash"], name="device_once_per_account")]

    def __str__(self) -> str:
        return self.label
