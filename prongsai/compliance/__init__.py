"""The clause spine: announcement → measure → clause → duty → act → evidence, per agency and overall."""
