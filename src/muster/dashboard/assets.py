"""Files a page loads: our own, and Vega, which comes inside an installed package."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from muster.core.provenance import find_versions, whole_file
from muster.dashboard.kept import default_folder

_HERE = Path(__file__).parent
_REPORT_CSS = _HERE.parent / "report" / "templates" / "report.css"
_GLOBAL = "window.vegaEmbed = vegaEmbed;"
SCRIPT, STYLE = "text/javascript", "text/css"


def _style() -> tuple[bytes, str]:
    return _REPORT_CSS.read_bytes() + b"\n" + (_HERE / "static" / "dashboard.css").read_bytes(), STYLE


def _script() -> tuple[bytes, str]:
    return (_HERE / "static" / "dashboard.js").read_bytes(), SCRIPT


@cache
def _vega() -> tuple[bytes, str]:
    """Vega, Vega-Lite and Vega-Embed as vl-convert hands them out; bundled once a version, for it takes some seconds."""
    version = find_versions(("vl-convert-python",))["vl-convert-python"]
    path = default_folder().with_name("vega") / f"{sha256(version.encode()).hexdigest()[:16]}.js"
    try:
        return path.read_bytes(), SCRIPT
    except OSError:
        import vl_convert

        bundle = vl_convert.javascript_bundle(_GLOBAL).encode()
    try:
        with whole_file(path) as part:
            part.write_bytes(bundle)
    except OSError:
        pass
    return bundle, SCRIPT


ASSETS: dict[str, Callable[[], tuple[bytes, str]]] = {"dashboard.css": _style, "dashboard.js": _script, "vega.js": _vega}


@cache
def stamp() -> str:
    """Changes with the files, so that a browser may keep them for good."""
    versions = find_versions(("vl-convert-python",))
    return sha256(_style()[0] + _script()[0] + repr(versions).encode()).hexdigest()[:12]
