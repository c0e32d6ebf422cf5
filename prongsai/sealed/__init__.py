"""Encryption at rest for secret and identity data (classes S3 and S4): envelopes, their members, unlocking, codes.

The names below are all that other rooms use. They are loaded on first use, because the models need Django to be set up.

=====================  ==============================================================================
``making``             new envelopes for teams
``envelopes``          open them with a key in hand, change their members
``custody``            a custodian's release of the second share, for a short time
``keys``               a person's keys and passphrase; ``recovery``: the two printed recovery keys
``unlocking``          the key in hand for a short time: officers by passphrase, complainants by code
``codes``              tracking codes
=====================  ==============================================================================
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prongsai.sealed.codes import (
        code_from_token,
        code_hash,
        format_code,
        new_code,
        normalise_code,
        tracker_key,
    )
    from prongsai.sealed.custody import purge_releases, release
    from prongsai.sealed.envelopes import (
        Tracker,
        Unlocked,
        add_member,
        add_tracker,
        members,
        remove_member,
        shred,
    )
    from prongsai.sealed.errors import (
        BadCode,
        BadRecoveryKey,
        CannotOpen,
        HasKeys,
        LastMember,
        LockedOut,
        NoKeys,
        NotAMember,
        ReleaseRefused,
        SamePerson,
        SealError,
        ShareMissing,
        WeakPassphrase,
        WrongPassphrase,
    )
    from prongsai.sealed.keys import change_passphrase, create_keys, keyholder_of, keyholders_of, retire_keys
    from prongsai.sealed.making import SplitTeam, Team, create_envelope, create_split_envelope, seal_new
    from prongsai.sealed.models import Envelope, Grant, Keyholder, Share, Slot
    from prongsai.sealed.opening import OpenEnvelope
    from prongsai.sealed.recovery import create_recovery_key, missing_recovery, recover, recovery_keys
    from prongsai.sealed.unlocking import lock, lock_tracker, tracked, unlock, unlock_tracker, unlocked

_HOMES = {
    "codes": "code_from_token code_hash format_code new_code normalise_code tracker_key",
    "custody": "purge_releases release",
    "envelopes": "Tracker Unlocked add_member add_tracker members remove_member shred",
    "errors": (
        "BadCode BadRecoveryKey CannotOpen HasKeys LastMember LockedOut NoKeys NotAMember ReleaseRefused SamePerson"
        " SealError ShareMissing WeakPassphrase WrongPassphrase"
    ),
    "keys": "change_passphrase create_keys keyholder_of keyholders_of retire_keys",
    "making": "SplitTeam Team create_envelope create_split_envelope seal_new",
    "models": "Envelope Grant Keyholder Share Slot",
    "opening": "OpenEnvelope",
    "recovery": "create_recovery_key missing_recovery recover recovery_keys",
    "unlocking": "lock lock_tracker tracked unlock unlock_tracker unlocked",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "BadCode",
    "BadRecoveryKey",
    "CannotOpen",
    "Envelope",
    "Grant",
    "HasKeys",
    "Keyholder",
    "LastMember",
    "LockedOut",
    "NoKeys",
    "NotAMember",
    "OpenEnvelope",
    "ReleaseRefused",
    "SamePerson",
    "SealError",
    "Share",
    "ShareMissing",
    "Slot",
    "SplitTeam",
    "Team",
    "Tracker",
    "Unlocked",
    "WeakPassphrase",
    "WrongPassphrase",
    "add_member",
    "add_tracker",
    "change_passphrase",
    "code_from_token",
    "code_hash",
    "create_envelope",
    "create_keys",
    "create_recovery_key",
    "create_split_envelope",
    "format_code",
    "keyholder_of",
    "keyholders_of",
    "lock",
    "lock_tracker",
    "members",
    "missing_recovery",
    "new_code",
    "normalise_code",
    "purge_releases",
    "recover",
    "recovery_keys",
    "release",
    "remove_member",
    "retire_keys",
    "seal_new",
    "shred",
    "tracked",
    "tracker_key",
    "unlock",
    "unlock_tracker",
    "unlocked",
]


def __getattr__(name: str) -> Any:
    if home := _HOME_OF.get(name):
        return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
