"""Sign-in with ThaID (the Department of Provincial Administration) by OpenID Connect.

Asked for is the citizen number and nothing else; kept of it is a keyed hash. It opens an account that was tied to that
hash before: when the head invited the person, or by the person from a session that was signed in otherwise.
"""
