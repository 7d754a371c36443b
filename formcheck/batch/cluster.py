"""Clips checked by a Dask cluster: the same tasks as in processes of this computer.

Clips lie on storage that all workers share, or are sent along. In the second case what is written
of a clip comes back with what was found, and is written here.
"""

import logging
import pickle
import socket
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import SplitResult, urlsplit

from formcheck.batch.check_clip import Checked, Task, check_clip, not_checked
from formcheck.batch.executors import done_by
from formcheck.batch.pool import Crash
from formcheck.batch.run import DoTasks
from formcheck.errors import FormcheckError, ModelError
from formcheck.exercise import Exercise
from formcheck.files.whole import make_folder, write_whole
from formcheck.landmarks.model_file import find_model, sha256
from formcheck.landmarks.privacy import block_usage_statistics
from formcheck.reading import NotReadable, is_file, read_bytes

INSTALL = "Install it with: pip install 'formcheck[cluster]'"
ANSWER_SECONDS = 10.0
"""How long the scheduler may take to answer."""
PER_THREAD = 3
"""Clips that are handed out for each that can be worked on, so that none waits for the next."""
CERTIFICATES = {
    "ca-file": "DASK_DISTRIBUTED__COMM__TLS__CA_FILE",
    "client.cert": "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT",
    "client.key": "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY",
}
"""Dask's names of the files that TLS needs, and the environment variables that name them."""
MOST_SENT = 2_000_000_000
"""Bytes of a clip that is sent."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """An existing cluster, and how clips get to it."""

    address: str
    """Of its scheduler, such as `tcp://HOST:8786`."""
    sends: bool = False
    """Whether clips are sent; else all workers see them where they are."""
    model: str | None = None
    """The pose model's name or file, as it was asked for; each worker has its own."""


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a worker must have."""

    version: str
    """Of formcheck."""
    model: str | None
    """As in `Cluster`."""
    model_sha256: str
    """Of the model's file here; empty if none is needed."""


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A task as it is handed out."""

    task: Task
    """Without its exercise."""
    exercise: bytes
    """It is taken apart once for all tasks, and put together once by each worker: it is most of
    what there is to be sent of a task."""
    content: bytes | None
    """Of the clip; none if it is to be read where it is."""
    needs: "_Needs"


@dataclass(frozen=True, slots=True)
class _Return:
    """What was found, and the files that were written of it, by name, where the clip was sent."""

    checked: Checked
    files: dict[str, bytes]


@contextmanager
def on_cluster(
    cluster: Cluster,
) -> Iterator[DoTasks]:
    """What has tasks done by a cluster.

    Raises:
        SourceError: there is no such cluster, or a worker of it cannot do them.
        ModelError: a worker has not this model.
        FormcheckError: distributed is not installed.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise FormcheckError(f"A cluster needs distributed. {INSTALL}") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
    quiet = {"distributed.admin.large-graph-warning-threshold": "1TB"}
    with dask.config.set(quiet), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            place = _place(cluster.address)
            if place.scheme == "tls":
                _require_certificates(dask.config.get)
            _knock(place)
            client = _client(distributed, cluster.address)
        except (OSError, ValueError) as error:
            raise FormcheckError(_no_scheduler(cluster.address)) from error
        with client:
            yield lambda tasks: _done(cluster, client, tasks)


def _place(address: str) -> SplitResult:
    """The parts of a scheduler's address; ValueError if it can't be one."""
    place = urlsplit(address)
    if place.scheme not in ("tcp", "tls") or not place.hostname or not place.port:
        raise ValueError("it is not the address of a scheduler")
    return place


def _require_certificates(setting: Callable[[str, None], Any]) -> None:
    """SourceError if Dask hasn't been told the files that TLS needs, or one doesn't exist.

    Args:
        setting: gives what Dask is set to, by its name.
    """
    for name, variable in CERTIFICATES.items():
        file = setting(f"distributed.comm.tls.{name}", None)
        if file and Path(file).is_file():
            continue
        amiss = f"is {file}, which doesn't exist" if file else "isn't set"
        raise FormcheckError(
            f"tls:// needs certificates, and the environment variable {variable} {amiss}. "
            "Let it name the file; docs/scale.md names all three."
        )


def _knock(place: SplitResult) -> None:
    """OSError if nobody listens there: Dask's client would be long in noticing."""
    socket.create_connection((place.hostname or "", place.port or 0), ANSWER_SECONDS).close()


def _client(distributed: Any, address: str) -> Any:
    return distributed.Client(address, timeout=ANSWER_SECONDS, set_as_default=False)


def _no_scheduler(address: str) -> str:
    return (
        f"No scheduler answered at {address}. Start one with `dask scheduler`, and use the "
        "address it prints, such as tcp://HOST:8786."
    )


def _done(
    cluster: Cluster, client: Any, tasks: Sequence[Task]
) -> Iterator[tuple[Task, Checked | Crash]]:
    from distributed import KilledWorker

    model = sha256(find_model(cluster.model)) if any(task.model for task in tasks) else ""
    needs = _Needs(version("formcheck"), cluster.model, model)
    ahead = PER_THREAD * _threads(client, cluster, needs)
    executor = client.get_executor(pure=False)
    by_clip = {task.clip.name: task for task in tasks}
    exercise = pickle.dumps(tasks[0].exercise if tasks else None)  # they all have the same
    parcels = (_parcel(cluster, task, exercise, needs) for task in tasks)
    for parcel, result in done_by(executor, _do, parcels, ahead, (KilledWorker,)):
        task = by_clip[parcel.task.clip.name]
        yield task, _brought(task, result) if isinstance(result, _Return) else Crash()


def _threads(client: Any, cluster: Cluster, needs: _Needs) -> int:
    """How many clips can be worked on at once; an error if a worker cannot do it."""
    threads = int(sum(client.nthreads().values()))
    if not threads:
        how = f"Start them with `dask worker {cluster.address}`."
        raise FormcheckError(f"The cluster at {cluster.address} has no workers. {how}")
    try:
        answers: dict[str, str] = client.run(_unfit, needs)
    except (ImportError, AttributeError, TypeError) as error:
        raise FormcheckError(
            f"A worker has no formcheck, or a different version: {error}."
        ) from error
    for worker, why in sorted(answers.items()):
        if why:
            raise ModelError(
                "The worker {worker} can't check clips: {reason}", worker=worker, reason=why
            )
    return threads


def _parcel(cluster: Cluster, task: Task, exercise: bytes, needs: _Needs) -> _Parcel:
    """A task with whole paths, as a worker is elsewhere, and with the clip if that is sent."""
    clip, content = task.clip, None
    if cluster.sends:
        with suppress(NotReadable):  # then the worker says that it is not there
            content = read_bytes(clip.path, MOST_SENT)
    out = None if task.out is None else task.out.absolute()
    there = replace(clip, path=clip.path.absolute())
    sent = replace(task, clip=there, exercise=None, shown=clip.path, out=out)
    return _Parcel(sent, exercise, content, needs)


@lru_cache(maxsize=4)
def _put_together(exercise: bytes) -> Exercise | None:
    loaded: Exercise | None = pickle.loads(exercise)
    return loaded


def _unfit(needs: _Needs) -> str:
    """Why this worker cannot check clips as it is asked to; empty if it can."""
    have = version("formcheck")
    if have != needs.version:
        return f"it has formcheck {have}, not {needs.version}. Install the same version there."
    if not needs.model_sha256:
        return ""
    try:
        found = sha256(find_model(needs.model))
    except (ModelError, OSError) as error:
        return str(error)
    return "" if found == needs.model_sha256 else "its pose model differs from this computer's."


def _do(parcel: _Parcel) -> _Return:
    """Check a clip, on a worker."""
    task, needs = replace(parcel.task, exercise=_put_together(parcel.exercise)), parcel.needs
    why = _unfit(needs) or _unseen(parcel)
    if why:
        why = f"The worker on {socket.gethostname()} cannot check it: {why}"
        return _Return(not_checked(task.clip, why), {})
    if needs.model_sha256:
        block_usage_statistics()
        task = replace(task, model=find_model(needs.model))
    if parcel.content is None:
        return _Return(check_clip(task), {})
    with TemporaryDirectory(prefix="formcheck-") as folder:
        return _done_here(task, parcel.content, Path(folder))


def _unseen(parcel: _Parcel) -> str:
    """Why what is shared is not to be seen from here; empty if it is."""
    clip, out = parcel.task.clip.path, parcel.task.out
    if parcel.content is not None:
        return ""
    if not is_file(clip):
        return (
            "it can't find the clip. Put your clips where all workers can read them, or use --send."
        )
    if out is not None and not _root(out, parcel.task.address).is_dir():
        return (
            "it can't find the folder of --out. Choose one that all workers can write to, or "
            "use --send."
        )
    return ""


def _root(out: Path, address: str) -> Path:
    """The folder of --out, in which a clip's folder has this address."""
    return [out, *out.parents][len(address.split("/")) if address else 0]


def _done_here(task: Task, content: bytes, folder: Path) -> _Return:
    """Check a clip that was sent, and take along what is written of it."""
    path, out = folder / f"clip{task.clip.path.suffix}", folder / "out"
    path.write_bytes(content)
    look = replace(task.look, keeps=False)  # nothing of people stays where they were only sent to
    here = replace(task.clip, path=path)
    checked = check_clip(replace(task, clip=here, out=task.out and out, look=look))
    files = {each.name: each.read_bytes() for each in out.iterdir()} if out.is_dir() else {}
    return _Return(checked, files)


def _brought(task: Task, result: _Return) -> Checked:
    """Write the files of a clip that was sent."""
    for name, content in result.files.items():
        assert task.out is not None, "files are written of who wants them"
        make_folder(task.out)
        write_whole(task.out / name, content)
    return result.checked
