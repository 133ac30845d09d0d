"""What all tests share: examples drawn by hypothesis are the same on every machine, and nothing is timed."""

from hypothesis import HealthCheck, settings

settings.register_profile("muster", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("muster")
