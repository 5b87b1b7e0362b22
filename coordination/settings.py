"""The one settings file. Every variable comes through `coordination.environment` and stands in README.md."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from coordination import environment as env
from coordination.embedded import places

BASE_DIR = Path(__file__).resolve().parent.parent
STATE = env.folder("STATE", BASE_DIR / "var")
DEBUG = env.flag("DEBUG", default=False)
TESTING = "pytest" in sys.modules

# --- databases: two roles, one that owns the tables and migrates, one that works (audit/grants.py) ---
EMBEDDED = not env.text("DATABASE_URL")
DATABASE_APP_URL = env.text("DATABASE_URL") or places.database_url(STATE)
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL") or (
    places.database_url(STATE, places.OWNER) if EMBEDDED else DATABASE_APP_URL
)
AS_OWNER = TESTING or sys.argv[1:2] in (["migrate"], ["makemigrations"], ["sqlmigrate"], ["dbshell"])
DATABASES = {
    "default": env.database(
        "DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL",
        DATABASE_OWNER_URL if AS_OWNER else DATABASE_APP_URL,
    )
}
DATABASE_APP_ROLE = env.database("DATABASE_URL", DATABASE_APP_URL)["USER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- broker: a wake-up only; the database is the schedule ---
REDIS_URL = env.broker("REDIS_URL", env.text("REDIS_URL") or places.broker_url(STATE))
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
TICK_SECONDS = env.number("TICK_SECONDS", 60, least=1, most=3600)

# --- secrets and hosts ---
if DEBUG or TESTING or (EMBEDDED and not env.text("SECRET_KEY")):
    SECRET_KEY = env.text("SECRET_KEY") or "development-only-" + "x" * 50
    key_file = STATE / "secret-key"
    if not env.text("SECRET_KEY") and key_file.exists():
        SECRET_KEY = key_file.read_text("ascii").strip()
else:
    SECRET_KEY = env.required("SECRET_KEY", "Write at least 50 random characters.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        raise ImproperlyConfigured("SECRET_KEY is too short. Write at least 50 random characters.")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
HTTPS = env.flag("HTTPS", default=not EMBEDDED)
PROXY_COUNT = env.number("PROXY_COUNT", 0, least=0, most=5)

INSTALLED_APPS = [
    "audit",  # first: its migrate and shell commands name the actor
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "django_htmx",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "simple_history",
    "pages",
    "organization",
    "notifications",
    "supervision",
    "documents",
    "requests",
    "meetings",
    "disputes",
    "archive",
    "coordination",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "audit.middleware.request_id",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coordination.middleware.language",
    "pages.figures.acted",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "coordination.middleware.person",
    "coordination.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "coordination.urls"
WSGI_APPLICATION = "coordination.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "pages.loader.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coordination.context.shell",
            ],
            "builtins": ["coordination.templatetags.office", "pages.templatetags.kit"],
        },
    }
]

# --- people ---
AUTH_USER_MODEL = "organization.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.ScryptPasswordHasher",
    ]
)
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
CSRF_FAILURE_VIEW = "coordination.views.csrf_failure"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Further tries do not prolong the lock: the page says until when, and keeps its word.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "coordination.views.locked"
AXES_IPWARE_PROXY_COUNT = PROXY_COUNT or None
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
SESSION_ENGINE = "organization.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = env.text("SESSION_COOKIE_NAME", "office_session")

# --- the archive: signs of fonds and office in every archive number ---
ARCHIVE_FONDS = env.text("ARCHIVE_FONDS", "L001")
ARCHIVE_OFFICE = env.text("ARCHIVE_OFFICE", "XTB")

# --- what the browser is told ---
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS and not PROXY_COUNT
SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez)$"]  # asked from inside, by address
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": [],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# --- language and time ---
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
# Our own catalogues first: otherwise a word of Django's admin ("Close", "History") would win over ours.
LOCALE_PATHS = sorted(folder for folder in BASE_DIR.glob("*/locale"))
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["coordination.formats"]

# --- files ---
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", BASE_DIR / "static-collected")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "coordination.finders.PackageFinder",
]
NODE_MODULES = env.folder("NODE_MODULES", BASE_DIR / "node_modules")
MEDIA_ROOT = env.folder("FILES_ROOT", STATE / "files")
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
MAX_FILE_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Straight from the sources while developing and testing; collected and compressed otherwise.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- audit (audit/triggers.py) ---
# The short list of tables whose changes are no business: sessions, lockout counters, the heartbeat of the ticks.
AUDIT_UNTRACKED_TABLES = frozenset(
    {
        "audit_event",
        "django_migrations",
        "django_session",
        "axes_accessattempt",
        "axes_accessattemptexpiration",
        "axes_accesslog",
        "axes_accessfailurelog",
        "supervision_heartbeat",
        "supervision_calendarstamp",
    }
)
AUDIT_SECRET_COLUMNS = {"organization_user": ("password",), "authtoken_token": ("key",)}

# --- API ---
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The token stands first: a caller without one is told 401 and how to log in.
        "coordination.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "coordination.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "coordination.problems.problem",
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Coordination office",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "DEFAULT_GENERATOR_CLASS": "coordination.reference.Description",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": {  # fields of one name in several things, each with its own choices
        "MeetingKindEnum": "meetings.states.MeetingKind",
        "MeetingStateEnum": "meetings.states.MeetingState",
        "AgendaItemKindEnum": "meetings.states.ItemKind",
        "ActionItemStateEnum": "requests.states.ItemState",
        "ReleaseStateEnum": "requests.states.ReleaseState",
        "ExtensionStateEnum": "requests.states.ExtensionState",
        "ConfidentialityEnum": "requests.states.Confidentiality",
        "UnmetCodeEnum": "requests.states.UNMET_CODES",
        "RejectionGroundEnum": "requests.states.RejectionGround",
        "LoopStateEnum": "requests.loops.LOOP_STATES",
        "QuestionOutcomeEnum": "requests.states.Outcome",
        "ReviewOutcomeEnum": "requests.states.ReviewOutcome",
        "ImprovementKindEnum": "requests.retrospect_states.ImprovementKind",
        "PlanStateEnum": "requests.plan_states.PlanState",
        "MilestoneStateEnum": "requests.plan_states.MilestoneState",
        "RiskStateEnum": "requests.plan_states.RiskState",
        "AgreementStateEnum": "requests.agreement_states.AgreementState",
        "DelayCauseEnum": "requests.progress_states.DelayCause",
        "DelayMeasureEnum": "requests.plan_states.DelayMeasure",
        "RiskKindEnum": "requests.plan_states.RiskKind",
        "TeamRoleEnum": "requests.plan_states.TeamRole",
        "ChannelFormEnum": "requests.plan_states.Form",
        "LetterFormEnum": "requests.letter_states.LetterForm",
        "ParticipantRoleEnum": "requests.states.Role",
        "ChangeCauseEnum": "requests.change_states.ChangeCause",
        "ChangeStateEnum": "requests.change_states.ChangeState",
        "QuestionTrackEnum": "requests.states.Track",
        "OfficeGroundEnum": "requests.states.OFFICE_GROUNDS",
        "AppealGroundEnum": "requests.appeal_states.AppealGround",
        "AppealOutcomeEnum": "requests.appeal_states.AppealOutcome",
        "ApprovalLevelEnum": "requests.approval_states.ApprovalLevel",
        "ApprovalChainEnum": "requests.approval_states.Chain",
        "ApprovalOutcomeEnum": "requests.approval_states.StepOutcome",
        "ApplicationStateEnum": "requests.approval_states.ApplicationState",
        "CirculationStateEnum": "requests.circulation_states.PaperState",
        "CountersignStateEnum": "requests.circulation_states.SignState",
        "CountersignOpinionEnum": "requests.circulation_states.SignOpinion",
        "JudgementEnum": "requests.acceptance_states.Judgement",
        "OpinionEnum": "requests.states.Opinion",
        "DecisionWayEnum": "requests.states.DecisionWay",
        "WayOfReturnEnum": "requests.loan_states.WayOfReturn",
        "CoordinationChannelEnum": "requests.channel_states.Channel",
        "ChannelEnum": "requests.states.Channel",
        "EffectKindEnum": "requests.effect_states.EffectKind",
        "PaperDirectionEnum": "requests.outside_paper_states.PaperDirection",
        "OutsideSortEnum": "requests.outside_paper_states.OutsideSort",
        "ProcedureSortEnum": "requests.procedure_states.ProcedureSort",
        "EffectDirectionEnum": "requests.effect_states.Direction",
        "HandlingEnum": "requests.states.Handling",
        "GapCodeEnum": "requests.states.GapCode",
        "AcceptanceKindEnum": "requests.acceptance_states.AcceptanceKind",
        "ResourceKindEnum": "requests.approval_states.ResourceKind",
        "MeansEnum": "requests.states.Means",
        "OralMeansEnum": "requests.states.ORAL",
        "OpenLevelEnum": "requests.states.OPEN_LEVEL_CHOICES",
    },
}

# --- mail: without a host nothing is sent ---
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "office@localhost")
ADMINS = [(address, address) for address in env.words("MAIL_ERRORS_TO")]

# --- log ---
LOG_LEVEL = env.one_of("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
