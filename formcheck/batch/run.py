"""Checks many clips, each once: what was found before stays, the rest is done in a pool."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from formcheck.batch.check_clip import Checked, Task, check_clip, not_checked
from formcheck.batch.kept import keep, kept, key_of
from formcheck.batch.pool import Crash, NewExecutor, done_side_by_side, local_pool
from formcheck.language.sentences import Sentence
from formcheck.reading import NotReadable

CRASHED = Sentence(
    "The process that checked it ended too early. If memory is short, use fewer --workers. If not, "
    "the video may crash the video reader: check that it plays, or export it again, for example as "
    "MP4."
)

DoTasks = Callable[[Sequence[Task]], Iterator[tuple[Task, Checked | Crash]]]
"""Checks clips, in whatever order."""


@dataclass(frozen=True, slots=True)
class Step:
    """A clip that is done."""

    task: Task
    checked: Checked
    is_new: bool
    """Whether it was checked now; else it had been before, and nothing has changed."""


def in_processes(workers: int, new_executor: NewExecutor = local_pool) -> DoTasks:
    """What has so many clips checked at a time, by processes of this computer."""
    return lambda tasks: done_side_by_side(check_clip, tasks, workers, new_executor)


def check_clips(tasks: Sequence[Task], definitions: str, do: DoTasks) -> Iterator[Step]:
    """Check clips side by side and keep what is found; give each as soon as it is done.

    Args:
        tasks: the clips.
        definitions: a word that changes when one of the exercises does.
        do: checks those that must be.
    """
    keys: dict[str, str] = {}
    waiting = []
    for task in tasks:
        if task.out is None:  # nothing is kept of it, so it need not be read for a key
            waiting.append(task)
            continue
        try:
            keys[task.clip.name] = key = key_of(task, definitions)
        except NotReadable as error:
            yield Step(task, not_checked(task.clip, error.sentence), is_new=True)
            continue
        found = None if task.save else kept(task.out, key)
        if found is None:
            waiting.append(task)
        else:
            yield Step(task, found, is_new=False)
    for task, result in do(waiting) if waiting else ():
        checked = not_checked(task.clip, CRASHED) if isinstance(result, Crash) else result
        if task.out is not None:
            keep(task.out, keys[task.clip.name], checked)
        yield Step(task, checked, is_new=True)
