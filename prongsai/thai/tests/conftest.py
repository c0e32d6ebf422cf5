from hypothesis import HealthCheck, settings

# A busy machine must not fail a test: hypothesis' own time limits are off.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
