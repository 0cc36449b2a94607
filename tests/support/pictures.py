"""Photos as phones take them: large and different from each other."""

import io

from PIL import Image


def photo(number: int = 0, size: tuple[int, int] = (2400, 1800)) -> bytes:
    """Return a JPEG unlike all others."""
    made = Image.radial_gradient("L").resize(size).convert("RGB")
    made.paste((number * 37 % 256, 120, 200), (0, 0, 60, 60))
    out = io.BytesIO()
    made.save(out, "JPEG", quality=90)
    return out.getvalue()
