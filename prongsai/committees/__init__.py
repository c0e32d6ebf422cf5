"""Committees and their meetings: composition by sector, agenda, attendance, quorum, recusal, votes, minutes (M3.7, M3.9, M6.2.3.(10)).

A room of the spine. What rooms above use stands in ``about`` (their records on an agenda, and what was resolved about them) and
in ``room.register_interests`` (names of bodies that a person has declared). The arithmetic and the matching are plain Python.
"""
