"""What the worker does by the clock. One list; each job calls one function of a room and may run twice without harm."""

import logging

from procrastinate.contrib.django import app

log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * * *")
@app.task(queueing_lock="integrate_ledger", pass_context=False)
def integrate_ledger(timestamp: int) -> None:
    """Every 5 seconds: committed entries enter the Merkle tree; a checkpoint is signed."""
    from prongsai import ledger

    ledger.integrate()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="return_unanswered")
def return_unanswered(timestamp: int) -> None:
    """Every minute: complaints whose sender has not answered in time go back to screening (AT-M5-31)."""
    from prongsai.complaints.clock import return_unanswered as run

    run()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="purge_releases")
def purge_releases(timestamp: int) -> None:
    """Every minute: a custodian's release that has ended is taken back; requests nobody answered lapse."""
    from prongsai import sealed
    from prongsai.complaints.reveal import close_looks

    close_looks()
    sealed.purge_releases()


@app.periodic(cron="* * * * *")
@app.task(name="deliver_mail", queueing_lock="deliver_mail")
def deliver_mail(timestamp: int) -> None:
    """Every minute, and at once when somebody was told something: notices go out by mail, failed mails again."""
    from prongsai import notices

    notices.deliver()


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="raise_alarms")
def raise_alarms(timestamp: int) -> None:
    """Every hour: duties that come due, and those that nobody met, raise their alarm, each level once."""
    from prongsai.acts.alarms import raise_alarms as run

    run()


@app.periodic(cron="* * * * *")
@app.task(name="send_invitations", queueing_lock="send_invitations")
def send_invitations(timestamp: int) -> None:
    """Every minute, and at once when somebody was invited: invitations go out by mail, failed ones again."""
    from prongsai.staff.mailing import send_invitations as run

    run()


@app.periodic(cron="2 * * * *")
@app.task(queueing_lock="tend_staff")
def tend_staff(timestamp: int) -> None:
    """Every hour: whoever left yesterday hands over and is shut out; invitations that are over say so."""
    from prongsai.staff.clock import complete_departures, lapse_invitations

    complete_departures()
    lapse_invitations()


@app.periodic(cron="41 18 * * *")
@app.task(queueing_lock="sweep_drafts")
def sweep_drafts(timestamp: int) -> None:
    """Every night: drafts of complaints that no officer has touched for thirty days are deleted."""
    from prongsai.complaints.desk.drafts import sweep

    sweep()


@app.periodic(cron="12 * * * *")
@app.task(queueing_lock="chase_summonses")
def chase_summonses(timestamp: int) -> None:
    """Every hour: whoever has not answered a summons in time is reminded, then the supervisor is told (AT-M6-26)."""
    from prongsai.inquiries.clock import chase_summonses as run

    run()


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="sweep_incoming")
def sweep_incoming(timestamp: int) -> None:
    """Every hour: uploads that never became part of a record, and large exports, are deleted after a day."""
    from prongsai import files
    from prongsai.registers.exported import sweep_exports

    sweep_exports()
    files.sweep_incoming()


@app.task(name="export_workbook")
def export_workbook(export_id: str) -> None:
    """When somebody asks for it: a large register as XLSX. One at a time (the job's lock), so that a hand stays free."""
    from prongsai.registers.exporting import run

    run(export_id)


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="sweep_signin")
def sweep_signin(timestamp: int) -> None:
    """Every hour: counters of attempts that have ended, and browsers long unused, are deleted."""
    from prongsai.signin.upkeep import sweep

    sweep()


@app.periodic(cron="40 18 * * *")
@app.task(queueing_lock="sweep_orphans")
def sweep_orphans(timestamp: int) -> None:
    """Every night: blobs that no record knows (a crash between disk and commit) are deleted after a day."""
    from prongsai import files

    files.sweep_orphans()


@app.periodic(cron="30 18 * * *")
@app.task(queueing_lock="tend_retention")
def tend_retention(timestamp: int) -> None:
    """Every night: what has been kept long enough is listed; approved lists whose time of grace is over are carried out."""
    from prongsai.retention.clock import carry_out, make_lists

    carry_out()
    make_lists()


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="scan_waiting")
def scan_waiting(timestamp: int) -> None:
    """Every 2 minutes: files that the virus scanner could not look at are scanned when it answers again."""
    from prongsai.files.scanning import scan_waiting as run

    run()


@app.periodic(cron="10 19 * * *")  # 02:10 in Bangkok: the clock of these lines is UTC
@app.task(queueing_lock="nightly_backup")
def nightly_backup(timestamp: int) -> None:
    """Every night: an encrypted copy into ``BACKUP_DIR``, where one and its recipients are set; old ones go."""
    from prongsai.cli.backing_up import nightly

    nightly()


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="watch_backups")
def watch_backups(timestamp: int) -> None:
    """Every hour: system administrators are told, once a day, when the last good copy is older than 26 hours."""
    from prongsai.cli.backing_up import watch

    watch()


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="rescue_stalled", pass_context=True)
async def rescue_stalled(context, timestamp: int) -> None:
    """Every 2 minutes: jobs of a worker that died are put back (the library leaves that to us)."""
    for job in await app.job_manager.get_stalled_jobs():
        log.warning("job %s (%s) had stalled and runs again", job.id, job.task_name)
        await app.job_manager.retry_job(job)
