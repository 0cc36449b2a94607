"""Measurements: `python -m bench` prints figures and asserts nothing."""
