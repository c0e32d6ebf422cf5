"""Roles that were given before the register of roles existed get their line in it."""

from django.db import migrations


def enter(apps, schema_editor):
    assignments = apps.get_model("organisation", "RoleAssignment").objects.filter(grant__isnull=True)
    grant = apps.get_model("staff", "RoleGrant")

    def name(person):
        return f"{person.title}{person.first_name} {person.last_name}" if person else ""

    grant.objects.bulk_create(
        grant(
            province_id=assignment.person.province_id,
            state="given",
            is_sample=assignment.person.is_sample,
            person=assignment.person,
            role=assignment.role,
            agency_id=assignment.agency_id,
            start=assignment.start,
            end=assignment.end,
            order_no=assignment.order_no,
            proposed_by=assignment.granted_by,
            proposed_label=name(assignment.granted_by),
            decided_by=assignment.seconded_by,
            decided_label=name(assignment.seconded_by),
            assignment=assignment,
        )
        for assignment in assignments.select_related("person", "granted_by", "seconded_by")
    )


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
