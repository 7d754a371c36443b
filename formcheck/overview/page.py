"""The overview as one HTML file: it is sorted and filtered in the browser, and needs no server."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from markupsafe import Markup

from formcheck.language.tongue import tr
from formcheck.overview.clips import ClipRow, Total, totals
from formcheck.templates.rendering import page_style, policy_hash, render, text_beside
from formcheck.wording import SEVERITY_WORDS, count, seconds

ROOM = "formcheck.overview"
SIGNED = b": formcheck</title>"
"""What every overview has in its head."""


def overview_page(title: str, rows: Sequence[ClipRow], written: datetime | None = None) -> bytes:
    """The whole page, in UTF-8.

    Args:
        title: what was checked: the folder's name.
        rows: in the order in which they are shown at first.
        written: when; now, if it is not given.
    """
    style, script = page_style(ROOM, "overview.css"), text_beside(ROOM, "overview.js")
    written = written or datetime.now().astimezone()
    people = sorted({row.person for row in rows if row.person})
    page = render(
        ROOM,
        "overview.html.j2",
        title=title,
        rows=[_row(row) for row in rows],
        totals=[_total(each) for each in totals(rows)],
        people=people,
        exercises=sorted({row.exercise for row in rows if row.exercise}),
        clips=count(len({row.clip for row in rows}), "clip"),
        policy=(
            "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
            f"style-src '{policy_hash(style)}'; script-src '{policy_hash(script)}'"
        ),
        style=Markup(style),
        script=Markup(script),
        written=f"{written:%Y-%m-%d %H:%M}",
        version=version("formcheck"),
    )
    return page.encode("utf-8", "backslashreplace")


def _row(row: ClipRow) -> dict[str, Any]:
    fault = row.fault
    return {
        "clip": row.clip,
        "person": row.person,
        "exercise": row.exercise,
        "counted": row.counted,
        "clean": row.clean,
        "share": row.clean / row.counted if row.counted else -1.0,
        "partials": row.partials,
        "held": seconds(row.seconds) if row.seconds else "",
        "severity": fault.severity if fault else "",
        "urgency": tr(SEVERITY_WORDS[fault.severity]) if fault else "",
        "fault": fault.title if fault else "",
        "times": count(fault.count, "time") if fault else "",
        "cue": fault.cue if fault else "",
        "picture": b64encode(row.picture).decode("ascii"),
        "unjudged": list(row.unjudged),
        "remark": row.remark,
        "report": row.report,
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        "person": total.person,
        "exercise": total.exercise,
        "clips": total.clips,
        "counted": total.counted,
        "clean": total.clean,
        "faults": [f"{title} ({count(clips, 'clip')})" for title, clips in total.faults[:3]],
    }
