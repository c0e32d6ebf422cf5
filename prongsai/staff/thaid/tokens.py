"""What an ID token must show before anything in it is believed (OpenID Connect Core 1.0, 3.1.3.7)."""

from __future__ import annotations

import hmac
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

# Asymmetric only: with a shared secret whoever knows the secret of the client could write tokens.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
LEEWAY = 60  # seconds by which two clocks may differ


def verify(token: str, keys: dict[str, Any], *, issuer: str, client_id: str, nonce: str) -> dict[str, Any]:
    """The claims. Signature, issuer, audience, authorised party, time and nonce are checked; raises OAuth2Error."""
    try:
        key = _key(token, keys)
        claims = jwt.decode(
            token,
            key=key.key,
            algorithms=[key.algorithm_name],
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "sub", "exp", "iat"]},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise OAuth2Error("the ID token is not valid") from error
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client_id:
        raise OAuth2Error(
            "the ID token is for another client as well, and does not say that it was issued to us"
        )
    if not nonce or not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
        raise OAuth2Error("the ID token does not belong to this sign-in")
    return claims


def _key(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The issuer's key for the token: by its id, or the only one; the algorithm of the token must be the key's."""
    header = jwt.get_unverified_header(token)
    if header["alg"] not in ALGORITHMS:
        raise OAuth2Error("the ID token is signed in a way that is not accepted")
    usable = [
        k
        for k in keys["keys"]
        if k.get("use", "sig") == "sig" and k.get("alg", header["alg"]) == header["alg"]
    ]
    found = [k for k in usable if k.get("kid") == header["kid"]] if "kid" in header else usable
    if len(found) != 1:
        raise OAuth2Error("the ID token is signed by a key that the issuer does not show")
    return jwt.PyJWK(found[0], header["alg"])
