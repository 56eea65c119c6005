"""What holds for every test: how hard Hypothesis tries, and an environment that says nothing."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Time says nothing about a promise, and machines are slow when they please. The parent is named
# because Hypothesis itself starts from another one where it sees a CI.
_PATIENT = settings(
    settings.get_profile("default"),
    deadline=None,
    max_examples=60,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)

settings.register_profile("default", parent=_PATIENT)
settings.register_profile("ci", parent=_PATIENT, derandomize=True, max_examples=100)
settings.register_profile("soak", parent=_PATIENT, max_examples=5_000)


def _profile() -> str:
    """The profile asked for by name, else the one that fits the place."""
    asked = os.environ.get("PLANLOG_PROFILE") or os.environ.get("HYPOTHESIS_PROFILE")
    return asked or ("ci" if os.environ.get("CI") == "true" else "default")


settings.load_profile(_profile())


@pytest.fixture(autouse=True, scope="session")
def _silent_environment() -> Iterator[None]:
    """Keep what a person has set for their own plan, language or terminal out of every test."""
    personal = {"CLICOLOR", "COLUMNS", "FORCE_COLOR", "LANGUAGE", "LINES", "NO_COLOR"}
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name in personal or name.startswith(("LC_", "PLANLOG_")):
                patch.delenv(name)
        patch.setenv("LANG", "C.UTF-8")
        yield
