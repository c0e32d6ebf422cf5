"""Settings of Prongsai. Everything that differs between places comes from the environment (see ``docs/operate.md``)."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from prongsai.config import environment as env
from prongsai.config.logs import configuration

DATA = env.data_directory()

SECRET_KEY = env.secret("django", directory=DATA)
# Keys of the house, each for one purpose: lookups by keyed hash, the ledger's signature (seed of an Ed25519 key).
LOOKUP_KEY = env.secret("lookup", directory=DATA)
LEDGER_SEED = env.secret("ledger", directory=DATA)

DEBUG = env.flag("PRONGSAI_DEBUG")
ALLOWED_HOSTS = (env.text("PRONGSAI_HOSTS") or "localhost,127.0.0.1,[::1]").split(",")
HTTPS = env.flag("PRONGSAI_HTTPS")
SITE_URL = env.text("PRONGSAI_URL") or "http://localhost:8000"

INSTALLED_APPS = [
    "prongsai.ui",
    "prongsai.signin",
    "prongsai.organisation",
    "prongsai.ledger",
    "prongsai.sealed",
    "prongsai.files",
    "prongsai.documents",
    "prongsai.notices",
    "prongsai.workdays",
    "prongsai.acts",
    "prongsai.registers",
    "prongsai.papers",
    "prongsai.committees",
    "prongsai.compliance",
    "prongsai.staff",
    "prongsai.staff.thaid",
    "prongsai.retention",
    "prongsai.complaints",
    "prongsai.inquiries",
    "prongsai.confidential",
    "prongsai.protection",
    "prongsai.portal",
    "prongsai.api",
    "prongsai.office",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "prongsai.config.watching.WatchMiddleware",
    "prongsai.portal.keeping.KeptMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "prongsai.ui.middleware.CompressMiddleware",
    "prongsai.ui.middleware.BadBytesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "prongsai.ui.middleware.LanguageMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "prongsai.organisation.middleware.ActorMiddleware",
    "prongsai.signin.enforcement.SecondFactorMiddleware",
    "prongsai.signin.seen.SeenMiddleware",
    "prongsai.sealed.middleware.UnlockMiddleware",
]

ROOT_URLCONF = "prongsai.config.urls"
WSGI_APPLICATION = "prongsai.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "prongsai.organisation.context.house",
                "prongsai.portal.context.public_face",
                "prongsai.office.context.office_face",
            ],
        },
    }
]
FORM_RENDERER = "prongsai.ui.forms.Renderer"

# The web and the worker sign in as the role that may not change the ledger; migrations use the owner.
DATABASE_URL = env.text("DATABASE_URL")
DATABASES = {"default": env.database(DATABASE_URL or "")}
DATABASES["default"].update(ATOMIC_REQUESTS=False, CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
# Parameters travel beside the statement, and what is asked often is planned once: a complaint costs a fifth less.
DATABASES["default"]["OPTIONS"].update(server_side_binding=True, prepare_threshold=3)
# Where a server gives only one login, its sessions step down to this role (set by the web server and the worker).
if role := env.text("PRONGSAI_DATABASE_ROLE"):
    DATABASES["default"]["OPTIONS"]["options"] = f"-c role={role}"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Each process its own. The menus apart, so that thousands of officers push out no counter of attempts and no public page.
_IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _IN_MEMORY, "LOCATION": "house"},
    "menus": {"BACKEND": _IN_MEMORY, "LOCATION": "menus", "OPTIONS": {"MAX_ENTRIES": 5000}},
}

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["prongsai.organisation.accounts.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "prongsai.organisation.passwords.NotLikeTheAccount"},
    {"NAME": "prongsai.organisation.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "prongsai.organisation.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:my-work"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "prongsai.signin.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "prongsai.organisation.forms.LoginForm",
    "change_password": "prongsai.organisation.forms.ChangePasswordForm",
    "reauthenticate": "prongsai.signin.forms.PasswordAgainForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# Attempts are counted in PostgreSQL for all processes together (``prongsai.signin.limits``): failures, seconds. Whole offices
# sit behind one address: an account has few attempts, an address only stops floods. allauth's own counters are off.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
SIGNIN_LIMIT_ACCOUNT, SIGNIN_LIMIT_ADDRESS = (5, 5 * 60), (300, 60)
# The proxy that ends TLS says who asks.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
# So long a sign-in or a confirmation lets somebody do what is grave.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * max(1, int(env.text("PRONGSAI_SUDO_MINUTES") or 15))
# "auto": the roles of ``prongsai.signin.enforcement`` need a second factor except in a sample province; "always": there too.
SECOND_FACTOR = env.text("PRONGSAI_SECOND_FACTOR") or "auto"
MFA_ADAPTER = "prongsai.signin.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # steps of 30 s that a telephone's clock may be off
MFA_FORMS = {
    "authenticate": "prongsai.signin.forms.AuthenticateForm",
    "reauthenticate": "prongsai.signin.forms.ReauthenticateForm",
    "activate_totp": "prongsai.signin.forms.ActivateTOTPForm",
    "add_webauthn": "prongsai.signin.forms.AddWebAuthnForm",
    "edit_webauthn": "prongsai.signin.forms.EditWebAuthnForm",
    "authenticate_webauthn": "prongsai.signin.forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "prongsai.signin.forms.ReauthenticateWebAuthnForm",
    "login_webauthn": "prongsai.signin.forms.LoginWebAuthnForm",
}

# Sign-in with ThaID (OpenID Connect): all three, or there is no button and no address of it.
THAID_ISSUER = env.text("PRONGSAI_THAID_ISSUER") or ""
THAID_CLIENT_ID = env.text("PRONGSAI_THAID_CLIENT_ID") or ""
# What is asked for, and in which claim the citizen number comes: nothing else is wanted.
THAID_SCOPE = env.text("PRONGSAI_THAID_SCOPE") or "openid pid"
THAID_CLAIM = env.text("PRONGSAI_THAID_CLAIM") or "pid"
SIGN_IN_BY = {"thaid_login": _("เข้าสู่ระบบด้วย ThaID")} if THAID_ISSUER else {}
SOCIALACCOUNT_ADAPTER = "prongsai.staff.thaid.adapter.SocialAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = env.thaid(
    THAID_ISSUER, THAID_CLIENT_ID, env.text("PRONGSAI_THAID_CLIENT_SECRET") or ""
)

# Where one-time codes go out: a mail server (smtp://user:password@host:587/?tls=1), and an SMS gateway (HTTP POST of JSON
# {"to", "text"}, with a bearer token). Without a mail server mail is written to files, which only a sample province uses.
SMTP_URL = env.text("PRONGSAI_SMTP_URL") or ""
SMS_URL = env.text("PRONGSAI_SMS_URL") or ""
SMS_TOKEN = env.text("PRONGSAI_SMS_TOKEN") or ""
vars().update(env.mail(SMTP_URL, outbox=DATA / "outbox"))
DEFAULT_FROM_EMAIL = env.text("PRONGSAI_MAIL_FROM") or "prongsai@localhost"
# Most mails to one person within an hour; what comes after goes together into one.
MAIL_HOURLY = int(env.text("PRONGSAI_MAIL_HOURLY") or 10)
# Where a mail leads (addresses by name, as LOGIN_REDIRECT_URL).
NOTICE_PAGE, NOTICES_PAGE, OUTBOX_PAGE = "office:notice", "office:notices", "office:register"

# Row history (pghistory) is only ever added to.
PGHISTORY_APPEND_ONLY = True

# Which province this installation serves; needed only when more than one has been loaded.
PRONGSAI_PROVINCE = env.text("PRONGSAI_PROVINCE")

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
USE_I18N = True
USE_TZ = True
# The zone is a fact of the law, not a preference: nothing starts under another (``workdays.zone``).
TIME_ZONE = "Asia/Bangkok"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
WHITENOISE_MAX_AGE = 60 if DEBUG else 3600

FILES_ROOT = DATA / "files"
FILE_UPLOAD_HANDLERS = ["prongsai.files.upload.SealedUploadHandler"]
# Text of one request (files are streamed and do not count). A narrative of 200,000 Thai characters is 600 KB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
UPLOAD_FILE_LIMIT = 100 * 1024 * 1024
# What no form of the house can need (ten files and its text): refused by its Content-Length, before it arrives.
UPLOAD_REQUEST_LIMIT = 10 * UPLOAD_FILE_LIMIT + DATA_UPLOAD_MAX_MEMORY_SIZE
# ClamAV's daemon: the path of its socket, or host:port.
CLAMD = env.text("PRONGSAI_CLAMD") or ""

# Nightly copies: where they go and who may open them (age recipients, age1…). Both, or there are none.
BACKUP_DIR = env.path("PRONGSAI_BACKUP_DIR")
BACKUP_RECIPIENTS = (env.text("PRONGSAI_BACKUP_RECIPIENTS") or "").replace(",", " ").split()

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_FAILURE_VIEW = "prongsai.files.resend.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # The form that leads to ThaID is answered by a redirection to it.
        "form-action": [SELF, *env.origins(THAID_ISSUER)],
    }
}

PROCRASTINATE_IMPORT_PATHS = ["prongsai.config.jobs"]
PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 10, "stalled_worker_timeout": 30}

# `PRONGSAI_LOG=json`: a JSON object a line, without personal data.
LOGGING = configuration(as_json=env.text("PRONGSAI_LOG") == "json")
# Whoever scrapes /metrics from another machine shows this token (Authorization: Bearer …).
METRICS_TOKEN = env.text("PRONGSAI_METRICS_TOKEN") or ""
