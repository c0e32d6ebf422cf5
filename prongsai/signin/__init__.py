"""Sign-in strength: second factors, sessions, fresh authentication before grave acts, and limits on guessing.

Stands on ``organisation`` (who has an account), ``ledger`` (what is recorded) and ``notices`` (who is told). Sign-in itself is
django-allauth; this room holds what the house asks of it:

``second_factor``  the authenticator secret encrypted at rest, QR drawn here, Thai words
``enforcement``    who must have a second factor, and the door that lets them do nothing else before
``devices``        a browser that an account has used before; a new one is told
``limits``         counters in PostgreSQL, one for all processes
``records``        what failed and what changed, in the ledger and the inbox
``sudo``           ``demand(form, request)``: the same form asks who is there, so that nothing typed is lost
"""
