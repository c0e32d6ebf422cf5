"""What leaves the file is the working text and what was chosen with it; the original stays sealed (AT-M5-14, C29, C43, G43)."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from prongsai import sealed
from prongsai.complaints import acts, reading
from prongsai.complaints.complaint_form import OTHER_AGENCY
from prongsai.complaints.forms_sending import CHECKLIST
from prongsai.complaints.models import Case, CaseNote
from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import ADDRESS, EMAIL, NAME, REASON
from prongsai.documents.tests.samples import flat, pdf_text
from prongsai.files.tests.macros import docm, xlsm
from prongsai.files.tests.test_cleaning import PLACE, photo
from prongsai.sealed import keys

pytestmark = pytest.mark.django_db

STORY = f"ข้าพเจ้า {NAME} โทร 0812345678 เห็นเจ้าหน้าที่เรียกรับเงินสามพันบาท"
WORKING = "ผู้แจ้งเห็นเจ้าหน้าที่เรียกรับเงินสามพันบาท"
CHECKED = [key for key, _label in CHECKLIST]
LETTER = {"letter_no": "ชม ๐๐๑๗/๙๙", "reason": REASON}


@pytest.fixture
def officer(unlocked_client_of):
    return unlocked_client_of("center_officer")


def write(client, case, text=WORKING):
    return steps.act(client, acts.WriteWorkingText, case, text=text, checked=CHECKED)


def outside(officer) -> Case:
    files = [steps.pdf("สลิปของบุญมี.pdf"), steps.pdf("ภาพที่ไม่เลือก.pdf", steps.PDF + b"2")]
    filed = steps.file_signed(
        accused_agency=OTHER_AGENCY, accused_other="เทศบาลตำบลสมมติ", narrative=STORY, files=files
    )
    return steps.screen_as_outside(officer, filed.case)


def opened_for(world, case, key="center_officer"):
    keyholder, private = keys.unwrap(world[key].person, SAMPLE_PASSPHRASE)
    return sealed.Unlocked(keyholder, private).open(case.envelope)


@pytest.mark.at("AT-M5-14")
def test_nothing_is_shared_before_somebody_has_written_the_working_text(world, officer, client_of):
    case = outside(officer)
    letter = {**LETTER, "letter_date": steps.thai_today(), "to_authority": "นายอำเภอสมมติ"}
    answer = steps.try_act(officer, acts.Refer, case, **letter)
    assert answer.status_code == 409 and "ข้อความใช้งาน" in steps.said(answer)
    assert reading.working_text(case, opened_for(world, case)) is None

    form = steps.said(officer.get(steps.act_url(acts.WriteWorkingText, case)))
    assert "ไม่มีชื่อ ที่อยู่ โทรศัพท์" in form, "a checklist: the identity is sealed even from the system"
    unlooked = steps.try_act(officer, acts.WriteWorkingText, case, text=WORKING, checked=CHECKED[:2])
    assert steps.problem_of(unlooked, "checked") and WORKING in steps.said(unlooked)
    colleague = steps.try_act(client_of("center_officer_2"), acts.WriteWorkingText, case, text=WORKING, checked=CHECKED)  # fmt: skip
    assert colleague.status_code == 403
    case = write(officer, case, f"{WORKING} {NAME}")
    case = write(officer, case)

    notes = case.notes.filter(kind=CaseNote.Kind.WORKING).order_by("version")
    assert [(n.version, "กิตติ ศรีบุญเรือง" in n.author_label) for n in notes] == [(1, True), (2, True)]
    assert reading.working_text(case, opened_for(world, case)) == WORKING
    page = steps.said(steps.record_page(officer, case))
    assert STORY in page, "the original stays as it came"
    assert "ฉบับที่ 2" in page
    assert not any(WORKING.encode() in text for text in traces.whole_database().values())


def package(officer, case, **data):
    return officer.post(reverse("complaints-office:package", args=[case.pk]), data)


@pytest.mark.at("AT-M5-08")
def test_C43_the_package_is_an_allow_list_and_each_part_is_in_the_ledger(
    officer, client_of, unlocked_client_of
):
    case = write(officer, outside(officer))
    url = reverse("complaints-office:package", args=[case.pk])
    assert officer.get(url).status_code == 404, "before the letter there is no package"
    case = steps.act(officer, acts.Refer, case, to_authority="นายอำเภอสมมติ", letter_date=steps.thai_today(), **LETTER)  # fmt: skip
    chosen = case.evidence.order_by("pk").first()
    assert url in steps.said(steps.record_page(officer, case))

    unlooked = package(officer, case, evidence=[chosen.pk])
    assert unlooked.status_code == 422 and steps.problem_of(unlooked, "looked")
    answer = package(officer, case, evidence=[chosen.pk], looked="on")
    content = b"".join(answer)
    archive = zipfile.ZipFile(BytesIO(content))

    assert archive.namelist() == ["หนังสือส่งต่อเรื่องร้องเรียน.pdf", "ข้อความของเรื่องร้องเรียน.pdf", "หลักฐาน 01.pdf"]
    told = [flat(pdf_text(archive.read(name))) for name in archive.namelist()[:2]]
    assert flat(WORKING) in told[1] and "นายอำเภอสมมติ" in told[0]
    inner = (NAME, "บุญมี", ADDRESS, EMAIL, "0812345678", REASON, str(case.pk), str(case.envelope_id), "พิมพ์โดย")
    for word in inner:
        assert all(flat(word) not in text for text in told), word
    assert archive.read("หลักฐาน 01.pdf") == steps.PDF
    (entry,) = traces.entries(case, "complaints.package_read")
    sums = [hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()]
    assert [part["sha256"] for part in entry.content["parts"]] == sums
    assert "บุญมี" not in str(entry.content)

    for key in ("center_officer_2", "governor", "officer"):
        assert unlocked_client_of("center_officer_2" if key == "center_officer_2" else "vice_governor")
        assert client_of(key).get(url).status_code == 404, key
    case = steps.act(
        officer, acts.RecordReply, case, reply_no="ตอบ ๑", reply_date=steps.thai_today(), text="รับไว้แล้ว"
    )
    assert case.referral.reply_no == "ตอบ ๑"


def test_G43_what_was_left_out_cannot_be_found_again_in_what_is_given_out(officer):
    """No automatic masking over a text that is still there: the working text is written anew and signed by a person."""
    case = write(officer, outside(officer))
    case = steps.act(officer, acts.Refer, case, to_authority="นายอำเภอสมมติ", letter_date=steps.thai_today(), **LETTER)  # fmt: skip
    content = b"".join(package(officer, case))
    archive = zipfile.ZipFile(BytesIO(content))
    for name in archive.namelist():
        body = archive.read(name)
        assert NAME.encode() not in body and STORY.encode("utf-16-be") not in body
        assert flat(STORY) not in flat(pdf_text(body))


def test_C29_nothing_of_the_identity_is_in_any_page_export_or_package(officer):
    filed = steps.file_signed(
        accused_agency=OTHER_AGENCY, accused_other="เทศบาลสมมติ", witnesses="นายพยาน ที่หนึ่ง"
    )
    case = write(officer, steps.screen_as_outside(officer, filed.case))
    case = steps.act(officer, acts.Refer, case, to_authority="นายอำเภอสมมติ", letter_date=steps.thai_today(), **LETTER)  # fmt: skip
    pages = [steps.said(steps.record_page(officer, case))]
    pages.append(
        b"".join(officer.get(reverse("office:register-csv", args=["complaints"])).streaming_content).decode()
    )
    for key in ("complaint-receipt", "complaint-screening", "complaint-referral"):
        pages.append(
            steps.said(officer.get(reverse("office:document", args=["complaints", case.pk, key, "html"])))
        )
    archive = zipfile.ZipFile(BytesIO(b"".join(package(officer, case))))
    pages += [pdf_text(archive.read(name)) for name in archive.namelist()]
    for word in (NAME, ADDRESS, EMAIL, "นายพยาน ที่หนึ่ง"):
        assert not any(flat(word) in flat(page) for page in pages), word
    assert "ปกปิดข้อมูลเพื่อคุ้มครองผู้ร้องเรียน" in pages[0]


@pytest.mark.at("AT-M5-08")
def test_a_matter_for_the_nacc_is_proposed_by_one_and_transferred_by_another(officer, client_of):
    case = write(officer, steps.screen(officer, steps.file_signed(grounds=["G1"]).case))
    case = steps.act(officer, acts.ProposeTransfer, case, transfer_to="nacc", reason=REASON)
    due = traces.dues(case)["complaints.transfer_matter"]
    assert (due.due_on - due.started_on).days == 30
    letter = {**LETTER, "letter_date": steps.thai_today()}
    assert steps.try_act(officer, acts.Transfer, case, **letter).status_code == 403
    case = steps.act(client_of("center_head"), acts.Transfer, case, **letter)

    assert case.state == Case.State.TRANSFERRED
    dues = traces.dues(case)
    assert dues["complaints.transfer_matter"].met_on and dues["complaints.decide"].cancelled_at
    text = officer.get(reverse("office:document", args=["complaints", case.pk, "complaint-transfer", "pdf"]))
    read = flat(pdf_text(text.content))
    assert flat("ป.ป.ช.") in read and flat("ชม ๐๐๑๗/๙๙") in read and flat(NAME) not in read


@pytest.mark.at("AT-M5-13")
def test_a_photo_with_a_place_in_it_is_kept_sealed_and_given_out_without(officer):
    filed = steps.file_signed(files=[steps.SimpleUploadedFile("ภาพ.jpg", photo(), content_type="image/jpeg")])
    case = steps.screen(officer, filed.case)
    file = case.evidence.get().file
    shown = steps.said(steps.record_page(officer, case))
    assert "ลบข้อมูลแฝงแล้ว" in shown and "ต้นฉบับ" in shown
    assert "ตรวจ" in shown, "whether it was scanned is said beside it"

    copy = b"".join(officer.get(reverse("office:file", args=[file.pk])).streaming_content)
    assert PLACE.encode() not in copy and b"Exif" not in copy
    original = officer.post(reverse("office:file-original", args=[file.pk]), {"reason": "authenticity"})
    assert b"".join(original) == photo()
    assert bytes(file.digest), "the fingerprint of the original"
    assert b"Exif" not in file.blob.read_bytes(), "nothing lies open on the disk"


@pytest.mark.at("AT-M5-13")
def test_a_document_with_macros_is_converted_and_the_original_stays_sealed(officer):
    sent = docm("สัญญาที่แก้ไขราคา")
    filed = steps.file_signed(files=[steps.SimpleUploadedFile("สัญญา.docm", sent)])
    case = steps.screen(officer, filed.case)
    file = case.evidence.get().file
    assert "ลบชุดคำสั่ง (แมโคร) และข้อมูลแฝงแล้ว" in steps.said(steps.record_page(officer, case))

    answer = officer.get(reverse("office:file", args=[file.pk]))
    assert "filename*=UTF-8" in answer["Content-Disposition"] and ".docx" in answer["Content-Disposition"]
    copy = b"".join(answer.streaming_content)
    assert Document(BytesIO(copy)).paragraphs[0].text == "สัญญาที่แก้ไขราคา"
    with zipfile.ZipFile(BytesIO(copy)) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower()]
    original = officer.post(reverse("office:file-original", args=[file.pk]), {"reason": "authenticity"})
    assert b"".join(original) == sent


@pytest.mark.at("AT-M5-13")
def test_macros_that_cannot_be_taken_out_are_refused_beside_the_field_and_nothing_typed_is_lost(world):
    sheet = xlsm("1", sheet_of_macros=True)
    answer = steps.send(steps.Client(), files=[steps.SimpleUploadedFile("ราคา.xlsm", sheet)])

    assert answer.status_code == 422
    assert "แมโคร" in steps.problem_of(answer, "files")
    assert steps.NARRATIVE in steps.said(answer)
