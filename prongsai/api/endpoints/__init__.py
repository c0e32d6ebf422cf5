"""The addresses under ``/api/v1/``, a module per subject."""
