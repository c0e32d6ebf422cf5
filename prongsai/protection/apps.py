from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.protection"
    verbose_name = "การคุ้มครองผู้แจ้งเบาะแส"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from prongsai import notices
        from prongsai.acts import registry as acts
        from prongsai.complaints import rooms
        from prongsai.protection import acts as declared
        from prongsai.protection import duties, registers, team
        from prongsai.protection.leaving import Instructions
        from prongsai.protection.views_public import sender_link
        from prongsai.registers import register
        from prongsai.staff import handover

        acts.register(*declared.ALL, *duties.ALL)
        notices.bar("protection.protectioncase", team.never_told)
        notices.bar("protection.retaliationalert", team.never_told_of_alerts)
        notices.bar("protection.instruction", team.never_told_of_instructions)
        handover.register(Instructions())
        rooms.add_sender_link(sender_link)
        register(registers.Protections, registers.Instructions, registers.HrActions, registers.Alerts)
