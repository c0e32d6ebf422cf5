from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.complaints"
    verbose_name = "เรื่องร้องเรียน"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai import notices
        from prongsai.acts import registry as acts
        from prongsai.complaints import acts as officers
        from prongsai.complaints import (
            duties,
            forwarding,
            intake,
            keeping,
            leaving,
            registers,
            registers_reveal,
            reveal,
            review_request,
            rooms,
            sender,
            team,
            zero,
        )
        from prongsai.complaints.desk import custody, filing
        from prongsai.complaints.desk import registers as desk_registers
        from prongsai.registers import register
        from prongsai.retention import disposables
        from prongsai.staff import handover

        acts.register(
            intake.FileComplaint,
            forwarding.FileForForwarding,
            sender.ConfirmSignature,
            filing.FileByStaff,
            filing.ForwardByStaff,
            custody.TakeOverOriginal,
            sender.SendMore,
            review_request.AskReview,
            *officers.ALL,
            *reveal.ALL,
            *duties.ALL,
            zero.DeclareNoComplaint,
            leaving.HandOver,
            keeping.HoldCase,
        )
        notices.bar("complaints.case", team.never_told)
        notices.bar("complaints.reveal", team.never_told_of_reveals)
        rooms.add_sender_link(review_request.link)
        handover.register(leaving.Cases())
        disposables.register(keeping.Complaints)
        register(
            registers.Complaints,
            registers_reveal.Reveals,
            desk_registers.Received,
            desk_registers.PostalRegister,
        )
