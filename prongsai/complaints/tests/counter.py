"""What an officer does at the desk, through its pages: type, read back, confirm, print the receipt."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from prongsai.complaints.tests import steps
from prongsai.complaints.tests.steps import Filed, said

HIDDEN = ("token", "ticket", "draft", "readback")
SPOKEN = ("centre", "damrongtham", "phone")
WRITTEN = ("post_signed", "post_anonymous", "agency")
STORY = "ผู้แจ้งเล่าว่าเจ้าหน้าที่เรียกเงินสามพันบาทเพื่อออกใบอนุญาต"


def address(channel: str) -> str:
    return reverse("complaints-office:intake-channel", args=[channel])


def hidden(answer: Any) -> dict[str, str]:
    """The hidden fields of the form as shown."""
    page = answer.content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in HIDDEN}
    return {name: match[1] for name, match in found.items() if match}


def held(answer: Any, name: str = "files") -> list[str]:
    return re.findall(rf'name="{name}-held" value="([^"]+)"', answer.content.decode())


def blank(client: Client, channel: str) -> dict[str, str]:
    page = client.get(address(channel))
    assert page.status_code == 200, said(page)
    return hidden(page)


def typed(channel: str, **changes: Any) -> dict[str, Any]:
    """The least that the channel asks for; None leaves a field out."""
    fields: dict[str, Any] = {"narrative": STORY}
    if channel in WRITTEN:
        fields["received_on"] = steps.thai_today()
    if channel == "agency":
        fields["from_agency"] = "สำนักงานสมมติ"
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def send(client: Client, channel: str, **changes: Any) -> Any:
    return client.post(address(channel), {**blank(client, channel), **typed(channel, **changes)})


def confirm(client: Client, channel: str, shown: Any, **changes: Any) -> Any:
    """The second step: the same fields, the files held, and the tick."""
    again = {name: value for name, value in changes.items() if name not in ("files", "envelope_scan")}
    files = {f"{name}-held": held(shown, name) for name in ("files", "envelope_scan")}
    fields = {**hidden(shown), **typed(channel, **again), **files, "readback_confirmed": "on"}
    return client.post(address(channel), fields)


def take_in(client: Client, channel: str, **changes: Any) -> Filed:
    answer = send(client, channel, **changes)
    if channel in SPOKEN:
        assert answer.status_code == 200, steps.problems(answer)
        answer = confirm(client, channel, answer, **changes)
    assert answer.status_code == 303, steps.problems(answer)
    page = said(client.get(answer["Location"]))
    number = re.search(r'ps-receipt__number">([^<]+)<', page)[1]
    return Filed(client, "", number, re.search(r'id="ps-receipt-code">([^<]+)<', page)[1])
