"""ThaID as allauth sees it: state and PKCE are allauth's; nonce, signature, scope and what is kept are ours."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from prongsai.staff.thaid.identity import PROVIDER, citizen_key
from prongsai.staff.thaid.tokens import verify
from prongsai.thai.ids import IdError


class ThaIDAdapter(OpenIDConnectOAuth2Adapter):
    """The exchange with the issuer. ``nonce`` is set by the callback, from the state of this very sign-in."""

    nonce = ""

    def __init__(self, request: HttpRequest, provider_id: str = PROVIDER) -> None:
        super().__init__(request, provider_id)

    @property
    def openid_config(self) -> dict[str, Any]:
        config = super().openid_config
        # Discovery 1.0, 4.3: whoever answers must be whom we asked.
        if config.get("issuer", "").rstrip("/") != settings.THAID_ISSUER.rstrip("/"):
            raise OAuth2Error("the issuer answers by another name")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("thaid_callback"))

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, *, response: dict[str, Any], **kwargs: Any
    ) -> SocialLogin:
        config = self.openid_config
        claims = verify(
            str(response.get("id_token") or ""),
            self._fetch(config["jwks_uri"]),
            issuer=config["issuer"],
            client_id=app.client_id,
            nonce=self.nonce,
        )
        if settings.THAID_CLAIM not in claims:
            claims = self._userinfo(config, token, claims)
        return self.get_provider().sociallogin_from_response(request, claims)

    def _userinfo(self, config: dict[str, Any], token: SocialToken, claims: dict[str, Any]) -> dict[str, Any]:
        """What the ID token does not say; only of the same subject (Core 1.0, 5.3.2)."""
        answer = self._fetch(config["userinfo_endpoint"], bearer=token.token)
        if answer.get("sub") != claims["sub"]:
            raise OAuth2Error("userinfo is about somebody else")
        return answer

    @staticmethod
    def _fetch(url: str, bearer: str = "") -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(url, headers={"Authorization": f"Bearer {bearer}"} if bearer else {})
            answer.raise_for_status()
            return answer.json()


class ThaIDProvider(OpenIDConnectProvider):
    id = PROVIDER
    name = "ThaID"
    oauth2_adapter_class = ThaIDAdapter
    pkce_enabled_default = True
    supports_token_authentication = False

    def get_oauth2_adapter(self, request: HttpRequest) -> ThaIDAdapter:
        return ThaIDAdapter(request)

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        return reverse("thaid_login")

    def get_callback_url(self) -> str:
        return reverse("thaid_callback")

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """What the settings name; no address may ask for more. In one piece: allauth puts several in an order by chance."""
        return [settings.THAID_SCOPE]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        return self.get_auth_params()

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **kwargs: Any
    ) -> HttpResponseBase:
        """With a nonce, kept beside state and PKCE verifier until the callback."""
        nonce = secrets.token_urlsafe(32)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or self.get_auth_params()), "nonce": nonce}
        return super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The keyed hash. The number is in memory for as long as this takes."""
        try:
            return citizen_key(str(data.get(settings.THAID_CLAIM, ""))).hex()
        except IdError as error:
            raise OAuth2Error("the issuer gave no citizen number") from error

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


provider_classes = [ThaIDProvider]
