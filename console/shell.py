"""The frame of a page: fixed words and addresses; everything about people comes later as data."""

from html import escape
from typing import Final

from cards.text_pages import LOADING, NEEDS_SCRIPT
from console.assets import address, named, needed_by
from console.page import PageSpec

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

_FRAME = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>{title}</title>
{head}</head>
<body>
{body}
</body>
</html>
"""


_MOUNT = """<div id="page" data-page="{page}" data-base="{base}" data-url="{base}/data">
<div class="state" role="status"><div class="spinner"></div><p>{loading}</p></div>
</div>
<noscript>{needs_script}</noscript>"""


def shell(spec: PageSpec, token: str) -> str:
    """Return the frame that loads a page's script, which fetches the data."""
    module = f"pages/{spec.page}.js"
    sheets = (*named("vendor/vant", ".css"), "lib/ui.css", *named(f"pages/{spec.page}.", ".css"))
    scripts = (*named("vendor/vue", ".js"), *named("vendor/vant", ".js"))
    head = [f'<link rel="stylesheet" href="{address(name)}">' for name in sheets]
    head += [f'<script defer src="{address(name)}"></script>' for name in scripts]
    head += [f'<link rel="modulepreload" href="{address(name)}">' for name in needed_by(module)]
    head.append(f'<script type="module" src="{address(module)}"></script>')
    base = escape(f"/p/{token}")
    body = _MOUNT.format(page=spec.page, base=base, loading=LOADING, needs_script=NEEDS_SCRIPT)
    return _FRAME.format(title=escape(spec.title), head="".join(f"{line}\n" for line in head), body=body)


def sorry(message: str) -> str:
    """Return a page that only says why there is none."""
    sheet = f'<link rel="stylesheet" href="{address("lib/ui.css")}">\n'
    return _FRAME.format(
        title="无法打开", head=sheet, body=f'<main class="sorry" role="alert"><p>{escape(message)}</p></main>'
    )
