"""The limits of a child process that takes apart what strangers sent. It sets them before it imports any library."""

import resource


def limit(memory: int, processor_seconds: int) -> None:
    """No file is written, not even a core dump; memory (bytes) and processor time end."""
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, memory)):
        resource.setrlimit(what, (most, most))
    # The first limit ends it by SIGXCPU, which says why; only the second one by SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 5))
