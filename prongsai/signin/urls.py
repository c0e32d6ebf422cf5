"""Second factors and sessions. The names of allauth's own pages stay, because allauth looks for them."""

from django.urls import path

from prongsai.signin import views

urlpatterns = [
    path("confirm/", views.password_again, name="account_reauthenticate"),
    path("confirm/code/", views.code_again, name="mfa_reauthenticate"),
    path("confirm/passkey/", views.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("login/second/", views.second_step, name="mfa_authenticate"),
    path("login/passkey/", views.passkey_login, name="mfa_login_webauthn"),
    path("security/", views.index, name="mfa_index"),
    path("security/app/", views.activate_totp, name="mfa_activate_totp"),
    path("security/app/remove/", views.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("security/codes/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("security/passkeys/new/", views.add_passkey, name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/edit/", views.edit_passkey, name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("sessions/<int:pk>/end/", views.end_session, name="account_session_end"),
    path("sessions/others/end/", views.end_others, name="account_sessions_end_others"),
]
