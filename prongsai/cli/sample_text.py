"""What ``prongsai demo`` prints: how to sign in as each role, and a complaint to track."""

SHOWN = (
    ("governor", "ผู้ว่าราชการจังหวัด"),
    ("vice_governor", "รองผู้ว่าราชการจังหวัด"),
    ("head_agency", "หัวหน้าส่วนราชการ"),
    ("acting_head", "ผู้รักษาราชการแทน"),
    ("supervisor", "ผู้บังคับบัญชา"),
    ("officer", "เจ้าหน้าที่"),
    ("supply_officer", "เจ้าหน้าที่พัสดุ"),
    ("web_officer", "เจ้าหน้าที่เผยแพร่ข้อมูล"),
    ("plan_officer", "เจ้าหน้าที่แผน"),
    ("center_head", "หัวหน้าศูนย์ปฏิบัติการต่อต้านการทุจริต"),
    ("center_officer", "เจ้าหน้าที่ศูนย์ฯ"),
    ("center_officer_2", "เจ้าหน้าที่ศูนย์ฯ (คนที่สอง)"),
    ("identity_custodian", "ผู้เก็บรักษาข้อมูลผู้ร้องเรียน"),
    ("protection_officer", "เจ้าหน้าที่คุ้มครองผู้แจ้งเบาะแส"),
    ("damrongtham_officer", "เจ้าหน้าที่ศูนย์ดำรงธรรม"),
    ("auditor", "ผู้ตรวจสอบ"),
    ("system_admin", "ผู้ดูแลระบบ"),
    ("dpo", "เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล"),
)


def how_to_sign_in() -> str:
    import os

    from prongsai.cli import surroundings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
    surroundings.enter()
    from prongsai import sealed
    from prongsai.complaints.intake import already_filed, tracking_code
    from prongsai.complaints.sample import SAMPLE_PASSPHRASE, sample_token
    from prongsai.organisation.sample import SAMPLE_DOMAIN, SAMPLE_PASSWORD

    lines = ["", "ข้อมูลตัวอย่าง — มิใช่ข้อมูลจริง    เข้าสู่ระบบด้วย", f"  รหัสผ่านทุกบัญชี: {SAMPLE_PASSWORD}"]
    lines += [f"  {f'{key}@{SAMPLE_DOMAIN}':<52} {name}" for key, name in SHOWN]
    lines += [f"  รหัสเปิดผนึก (ศูนย์ฯ และผู้เก็บรักษาข้อมูล): {SAMPLE_PASSPHRASE}"]
    token = sample_token(2)
    if receipt := already_filed(token):
        code = sealed.format_code(tracking_code(token))
        lines.append(f"  ติดตามเรื่องตัวอย่าง: เลขที่ {receipt.case.number}  รหัส {code}")
    return "\n".join([*lines, ""])
