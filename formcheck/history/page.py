"""The history as a page: trends over weeks in one HTML file that needs nothing else.

Everything put into the page is escaped. Its rules let it load nothing, run nothing and send
nothing; its only style is the one that its own check sum names.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, StrictUndefined

from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine
from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise
from formcheck.history.charts import Chart, exercise_charts, plan_charts
from formcheck.history.rows import SavedSet, Walk
from formcheck.history.text import SessionRow, session_rows
from formcheck.history.trends import (
    counted_in,
    exercise_trends,
    mean_hold,
    mean_range,
    plan_weeks,
    what_is_counted,
)
from formcheck.wording import amount, count, seconds

RECENT = 30
"""Sessions in the table at the end."""

STYLE = """\
:root { color-scheme: light dark; --ground: #fff; --ink: #1d2327; --faint: #5d6872;
  --line: #d9dee2; --bar: #2a6f97; --goal: #a8480a; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181b; --ink: #e7ebee;
  --faint: #9ba7b1; --line: #343c43; --bar: #6fb3d6; --goal: #f0a35e; } }
body { margin: 0 auto; max-width: 50rem; padding: 1.5rem 1rem; background: var(--ground);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
p { margin: 0.3rem 0; } .faint { color: var(--faint); font-size: 0.9rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
  gap: 1rem; }
figure { margin: 0; } figcaption { font-size: 0.9rem; font-weight: 600; }
svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--faint); font: 11px system-ui, sans-serif; }
.bar { fill: var(--bar); } .grid { stroke: var(--line); }
.goal { stroke: var(--goal); stroke-width: 2; stroke-dasharray: 5 4; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.6rem 0.25rem 0; border-bottom: 1px solid var(--line);
  text-align: left; white-space: nowrap; }
.number { text-align: right; }
"""

PAGE = """\
{%- macro draw(chart) -%}
<figure><figcaption>{{ chart.title }}</figcaption>
<svg viewBox="0 0 {{ chart.width }} {{ chart.height }}" role="img" aria-label="{{ chart.title }}: \
{%- for bar in chart.bars %} {{ bar.week }}: {{ bar.value or 'none' }}{{ ';' if not loop.last }}\
{%- endfor %}">
{%- for y, number in chart.scale %}
<line class="grid" x1="{{ chart.left }}" x2="{{ chart.width }}" y1="{{ y }}" y2="{{ y }}"/>
<text x="{{ chart.left - 5 }}" y="{{ y + 4 }}" text-anchor="end">{{ number }}</text>
{%- endfor %}
{%- for bar in chart.bars %}
{%- if bar.value %}
<rect class="bar" x="{{ bar.x }}" y="{{ bar.y }}" width="{{ bar.width }}" \
height="{{ bar.height }}" rx="2"><title>Week of {{ bar.week }}: {{ bar.value }}</title></rect>
{%- endif %}
{%- if bar.label %}
<text x="{{ bar.middle }}" y="{{ chart.base + 15 }}" text-anchor="middle">{{ bar.label }}</text>
{%- endif %}
{%- endfor %}
{%- if chart.goal is not none %}
<line class="goal" x1="{{ chart.left }}" x2="{{ chart.width }}" y1="{{ chart.goal }}" \
y2="{{ chart.goal }}"/>
{%- endif %}
</svg></figure>
{%- endmacro -%}
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'sha256-{{ style_sum }}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Exercise history</title>
<style>{{ style | safe }}</style>
</head>
<body>
<h1>Exercise history</h1>
<p class="faint">As of {{ today }}. Each bar is a week that begins on Monday; no bar: nothing was \
done.</p>
{% if not recent %}<p>Nothing has been saved yet.</p>{% endif %}
<h2>{{ plan.title }}: the weekly plan</h2>
<p>This week: the whole routine on {{ plan.week.full_days }} of {{ plan.days }} days\
{% if plan.week.part_days %}, part of it on {{ plan.week.part_days }}{% endif %}\
{% if plan.walk_minutes %}; {{ plan.week.walked }} of {{ plan.walk_minutes * 7 }} minutes \
walked{% endif %}.</p>
<p class="faint">A day counts when every exercise of the routine reached its number of reps or \
holds, clean or not. Walks are as noted with <code>formcheck log walk</code>. The dashed line is \
the plan.</p>
<div class="charts">{% for chart in plan.charts %}{{ draw(chart) }}{% endfor %}</div>
{% for trend in trends %}
<h2>{{ trend.title }}</h2>
<p>{{ trend.words }}</p>
<div class="charts">{% for chart in trend.charts %}{{ draw(chart) }}{% endfor %}</div>
{% endfor %}
{% if recent %}
<h2>Recent sessions</h2>
<div class="scroll"><table>
<tr><th class="number">No</th><th>Done</th><th>Exercise</th><th class="number">Sets</th>\
<th class="number">Counted</th><th class="number">Clean</th><th class="number">Hold</th>\
<th class="number">Range</th></tr>
{% for row in recent %}<tr><td class="number">{{ row.number }}</td><td>{{ row.done }}</td>\
<td>{{ row.exercise }}</td>{% for cell in row.numbers %}<td class="number">{{ cell }}</td>\
{% endfor %}</tr>
{% endfor %}</table></div>
{% endif %}
<p class="faint">One camera guesses joints to within about 7 degrees. Compare with yourself, \
filmed from the same place. This is general exercise guidance, not medical advice.</p>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class _Trend:
    title: str
    words: str
    charts: list[Chart]


def history_page(
    sets: Sequence[SavedSet], walks: Sequence[Walk], routine: Routine, today: date
) -> str:
    """The page, as HTML text."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    weeks = plan_weeks(sets, walks, routine, today)
    plan = {
        "title": routine.title,
        "days": routine.plan.days,
        "walk_minutes": routine.plan.walk_minutes,
        "week": weeks[-1],
        "charts": plan_charts(weeks, routine.plan.days, routine.plan.walk_minutes),
    }
    return environment.from_string(PAGE).render(
        style=STYLE,
        style_sum=base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode(),
        today=today.isoformat(),
        plan=plan,
        trends=_trends(sets, today),
        recent=[_recent(row) for row in session_rows(sets)[:RECENT]],
    )


def _trends(sets: Sequence[SavedSet], today: date) -> list[_Trend]:
    told = []
    for trend in exercise_trends(sets, today):
        exercise = _known_exercise(trend.exercise)
        done = [each for each in sets if each.labelled.exercise == trend.exercise]
        counted = counted_in(done)
        days = len({each.day for each in done if each.labelled.set.counted})
        clean = sum(each.clean for each in counted)
        words = (
            f"{count(len(counted), trend.counted)} on {count(days, 'day')} since {done[0].day}, "
            f"{clean} of them clean."
        )
        goal = exercise.hold.seconds if exercise else None
        title = exercise.title if exercise else trend.exercise
        told.append(_Trend(title, words, exercise_charts(trend, goal)))
    return told


def _known_exercise(name: str) -> Exercise | None:
    """The exercise of that name, if it is still there to be found."""
    try:
        return load_exercise(name)
    except ExerciseError:
        return None


def _recent(row: SessionRow) -> dict[str, object]:
    counted = counted_in(row.sets)
    return {
        "number": row.session,
        "done": f"{row.sets[0].origin.started:%Y-%m-%d %H:%M}",
        "exercise": row.exercise,
        "numbers": [
            len(row.sets),
            count(len(counted), what_is_counted(row.sets)),
            sum(each.clean for each in counted),
            seconds(mean_hold(counted)),
            amount(mean_range(counted), row.sets[0].labelled.unit),
        ],
    }
