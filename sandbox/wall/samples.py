"""What can be sent from the wall without a file of one's own."""

from pathlib import Path

SAMPLE_PHOTO = (Path(__file__).parent / "static" / "photo.png").read_bytes()
SAMPLE_VOICE = b"#!AMR\n" + b"\x3c" + bytes(31)
"""A real AMR file of one silent frame."""
