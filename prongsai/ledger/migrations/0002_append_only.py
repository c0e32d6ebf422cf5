"""The tables of the ledger only grow, and every new entry queues for the tree.

Statement triggers, so that a statement is refused even when it would touch no row, and so that
``INSERT … ON CONFLICT DO UPDATE`` is refused too. ``ENABLE ALWAYS`` holds under ``session_replication_role = replica``.
"""

from django.db import migrations

TABLES = ("ledger_entry", "ledger_leaf", "ledger_node", "ledger_checkpoint")

REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'สมุดบันทึกแก้ไขหรือลบไม่ได้ (the ledger only grows: % on % refused)', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""

PROTECT = """
CREATE TRIGGER ledger_keep_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_keep_table BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER ledger_keep_rows;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER ledger_keep_table;
"""

RELEASE = "DROP TRIGGER ledger_keep_rows ON {table}; DROP TRIGGER ledger_keep_table ON {table};"

# As the owner, so that the web's role needs no right to insert into the queue.
QUEUE = """
CREATE FUNCTION ledger_queue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.ledger_pending (entry_id) SELECT id FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_queue AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_queue();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION ledger_refuse()"),
        *[migrations.RunSQL(PROTECT.format(table=t), RELEASE.format(table=t)) for t in TABLES],
        migrations.RunSQL(QUEUE, "DROP TRIGGER ledger_queue ON ledger_entry; DROP FUNCTION ledger_queue();"),
    ]
