"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# The same examples in every run, and none left on disk: a red build must be red on the next machine, too.
settings.register_profile(
    "fieldgen",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("fieldgen")
