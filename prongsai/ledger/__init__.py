"""The ledger: every act is a leaf of a Merkle tree that anyone can check (RFC 6962, C2SP tlog-checkpoint).

``append`` writes an entry in the caller's transaction; ``integrate`` puts committed entries into the tree and signs a
checkpoint; ``proof`` gives what a citizen needs to check one entry offline; ``verify`` recomputes everything.
Names are imported on first use, because this package is imported before Django's models are ready.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prongsai.ledger.checking import Broken, Verification, verify
    from prongsai.ledger.keys import verifier_key
    from prongsai.ledger.models import Checkpoint, Entry, Secrecy
    from prongsai.ledger.proofs import consistency, proof
    from prongsai.ledger.roles import apply_grants
    from prongsai.ledger.sequencer import integrate
    from prongsai.ledger.writing import Appended, append, record_read, record_refusal

_HOMES = {
    "checking": ("Broken", "Verification", "verify"),
    "keys": ("verifier_key",),
    "models": ("Checkpoint", "Entry", "Secrecy"),
    "proofs": ("consistency", "proof"),
    "roles": ("apply_grants",),
    "sequencer": ("integrate",),
    "writing": ("Appended", "append", "record_read", "record_refusal"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Appended",
    "Broken",
    "Checkpoint",
    "Entry",
    "Secrecy",
    "Verification",
    "append",
    "apply_grants",
    "consistency",
    "integrate",
    "proof",
    "record_read",
    "record_refusal",
    "verifier_key",
    "verify",
]


def __getattr__(name: str) -> Any:
    if home := _HOME_OF.get(name):
        return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
