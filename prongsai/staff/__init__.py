"""Who works here: invited by the head of the agency, given roles by two persons, and leaving with a proper hand-over.

The ground (``organisation``) knows people, posts, roles and accounts; the verbs that change them are acts and live here.
Below the measures, so that each of them can say what a leaving person still holds (``handover.register``).
"""
