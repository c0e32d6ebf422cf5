"""A tamper-evident log: RFC 6962 Merkle tree, C2SP signed checkpoints, proofs that anyone can check offline.

Plain Python, usable alone. ``verify`` is the base and stands by itself: one file, standard library only, which a citizen
can copy anywhere and run. ``canonical`` makes the bytes that are hashed, ``tree`` builds trees and proofs, ``note``
signs checkpoints.
"""
