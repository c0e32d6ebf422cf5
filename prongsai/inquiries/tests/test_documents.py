"""The papers of fact-finding, read back from their PDFs, DOCX and HTML; none names the sender."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prongsai.complaints.tests import steps as complaints
from prongsai.documents.tests.samples import docx_text, flat, html_text, pdf_text
from prongsai.inquiries import acts
from prongsai.inquiries.tests import steps
from prongsai.inquiries.tests.steps import MEMBER, REPORT, SUMMARY, WORKING
from prongsai.registers import register_for

pytestmark = pytest.mark.django_db

READERS = {"pdf": pdf_text, "docx": docx_text, "html": html_text}


def read(client, record, key: str, kind: str) -> str:
    register = register_for(type(record)._meta.label_lower)
    answer = client.get(reverse("office:document", args=[register.key, record.pk, key, kind]))
    assert answer.status_code == 200, (key, kind, answer.status_code)
    return flat(READERS[kind](answer.content))


@pytest.mark.at("AT-M5-14")
def test_every_paper_says_the_same_in_pdf_docx_and_html_and_names_no_sender(matter):
    inquiry = matter.working()
    clerk = matter.desk(MEMBER)
    summons = {"kind": "witness", "name": "นายจ พยานสมมติ", "letter_no": "ลับ ๗", "letter_date": steps.today(),
               "asked": "โปรดมาให้ถ้อยคำ ณ ศาลากลางจังหวัด"}  # fmt: skip
    steps.act(clerk, acts.SendSummons, inquiry, **summons)
    said = {
        "name": "นายจ พยานสมมติ",
        "taken_on": steps.today(),
        "place": "ศาลากลาง",
        "text": "เห็นการรับเงินด้วยตนเอง",
    }
    steps.act(clerk, acts.TakeStatement, inquiry, **said)
    correction = {"read_back": "on", "correction": "แก้วันที่เป็นวันที่ ๑๖"}
    statement = steps.act(clerk, acts.ConfirmStatement, inquiry.statements.get(), **correction)
    respondent = matter.found(matter.heard(matter.respondent(inquiry)), conduct=["M6.2.3.(2)"])
    inquiry = matter.decided(matter.reported(inquiry), corruption_1="on")
    sanction = inquiry.sanctions.get()
    officer = matter.desk("center_officer")
    steps.act(officer, acts.NotifyResult, matter.case)

    papers = [
        (inquiry, "inquiry-order", ["คำสั่งแต่งตั้งคณะกรรมการสอบข้อเท็จจริง", "๑๒/๒๕๗๐", "อดุลย์ แก้วคำแสน", "ประธานกรรมการ"]),
        (inquiry, "inquiry-report", ["รายงานผลการสอบข้อเท็จจริง", WORKING, REPORT, "สมมติกล้า", "มีมูลวินัยร้ายแรง", "C๒"]),
        (inquiry, "inquiry-result", ["แจ้งผลการดำเนินการ", "ดำเนินการทางวินัย ทางปกครอง หรือทางกฎหมาย"]),
        (inquiry.summonses.get(), "inquiry-summons", ["พยานสมมติ", "ลับ ๗", summons["asked"], "มิใช่ข้อกล่าวหา"]),
        (statement, "inquiry-statement", ["บันทึกถ้อยคำ", said["text"], correction["correction"], "รับรองว่าถูกต้อง"]),
        (respondent, "inquiry-accusation", ["แจ้งข้อกล่าวหา", SUMMARY, "มาตรา ๓๐"]),
        (sanction, "inquiry-nacc", ["มาตรา ๑๓๖", "สมมติกล้า", "ในฐานะตัวการ"]),
    ]  # fmt: skip
    for record, key, words in papers:
        for kind in READERS if key == "inquiry-report" else ("pdf", "html"):
            text = read(officer, record, key, kind)
            for word in words:
                assert flat(word) in text, (key, kind, word)
            for private in (complaints.NAME, complaints.ADDRESS, complaints.EMAIL, complaints.NARRATIVE):
                assert flat(private) not in text, (key, kind)
    for key, words in (("inquiry-result", ["สมมติกล้า"]), ("inquiry-order", ["สมมติกล้า", WORKING])):
        assert not any(flat(word) in read(officer, inquiry, key, "html") for word in words)
    accusation = read(officer, respondent, "inquiry-accusation", "html")
    assert flat(WORKING) not in accusation and flat(REPORT) not in accusation

    # A sealed paper asks for the key; somebody who may see the record and holds no key reads nothing.
    plain = reverse("office:document", args=["inquiries", inquiry.pk, "inquiry-report", "html"])
    assert matter.plain("governor").get(plain).status_code == 302
    assert matter.desk("center_officer_2").get(plain).status_code == 403
