"""A real Dask cluster of two worker processes: the same answers, whatever becomes of a worker."""

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, chdir
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from helpers.commands import refused, run
from helpers.places import SAMPLES

from formcheck.batch import cluster as cluster_module
from formcheck.batch.check_clip import Task, folder_of
from formcheck.batch.clips import find_clips
from formcheck.batch.cluster import CERTIFICATES, Cluster, on_cluster
from formcheck.batch.kept import KEPT
from formcheck.batch.many import check_many
from formcheck.batch.pool import Crash
from formcheck.batch.run import check_clips, in_processes
from formcheck.definition.loading import load_exercise
from formcheck.errors import ModelError

distributed = pytest.importorskip("distributed", reason="needs formcheck[cluster]")
dask = pytest.importorskip("dask")
pytestmark = pytest.mark.filterwarnings("default")
RECORDINGS = ("bridge_5", "crunch_4", "squat_8")
WRITTEN = re.compile(rb"Written on \S+ \S+ by")
"""A page tells the minute in which it was written."""
AWAY = "tcp://127.0.0.1:9"
"""An address at which nothing listens."""


@pytest.fixture(scope="module")
def dask_cluster() -> Iterator[Any]:
    """Two workers, each a process with one thread."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """Recordings of two people, and a file that is none."""
    return _filled(tmp_path / "clips")


def _filled(folder: Path) -> Path:
    (folder / "anna").mkdir(parents=True)
    for name in RECORDINGS:
        shutil.copy(SAMPLES / f"{name}.npz", folder / "anna" / f"{name} é.npz")
    (folder / "broken.npz").write_bytes(b"not a recording")
    return folder


def _checked(clips: Path, out: Path, cluster: Cluster | None) -> dict[str, bytes]:
    """All that is written of the clips, by name."""
    tasks = [
        Task(clip, load_exercise("bridge"), None, None, *folder_of(clip, out))
        for clip in find_clips([clips])
    ]
    with ExitStack() as stack:
        do = stack.enter_context(on_cluster(cluster)) if cluster else in_processes(2)
        steps = list(check_clips(tasks, "", do))
    found = {step.task.clip.name: repr(step.checked).encode() for step in steps}
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return found | {name: WRITTEN.sub(b"", path.read_bytes()) for name, path in files.items()}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the local pool says of such clips."""
    folder = tmp_path_factory.mktemp("local")
    _filled(folder / "clips")
    (folder / "out").mkdir()
    with chdir(folder):
        return _checked(Path("clips"), Path("out"), None)


@pytest.mark.parametrize("sends", [False, True], ids=["shared", "sent"])
@pytest.mark.usefixtures("clips")
def test_the_answer_is_that_of_the_local_pool(
    dask_cluster: Any,
    local: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sends: bool,
) -> None:
    """Byte for byte, with paths as they were named here, though workers are elsewhere."""
    monkeypatch.chdir(tmp_path)
    Path("out").mkdir()
    cluster = Cluster(dask_cluster.scheduler_address, sends)
    assert _checked(Path("clips"), Path("out"), cluster) == local
    assert sum(name.endswith(KEPT) for name in local) == len(RECORDINGS)
    assert b"clips/anna" in local["anna/bridge_5 é.npz/result.json"].replace(b"\\\\", b"/")
    assert b"clips/broken.npz is damaged, or isn't a recording" in local["broken.npz"]


def test_every_clip_is_answered_though_a_worker_is_killed(
    dask_cluster: Any, clips: Path, tmp_path: Path
) -> None:
    """In the midst of its work: the other does it."""
    for number in range(4):
        shutil.copy(SAMPLES / "side_lying_leg_raise_3.npz", clips / f"{number}.npz")
    tasks = [Task(clip, None) for clip in find_clips([clips])]
    with on_cluster(Cluster(dask_cluster.scheduler_address)) as do:
        answers = do(tasks)
        answered = {next(answers)[0].clip.name}
        victim = next(iter(dask_cluster.workers.values()))
        os.kill(victim.process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        for task, checked in answers:
            assert not isinstance(checked, Crash)
            answered.add(task.clip.name)
    assert answered == {task.clip.name for task in tasks}
    deadline = time.monotonic() + 60  # the other tests want two workers again
    while len(dask_cluster.scheduler_info["workers"]) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)


def test_what_a_worker_does_not_see_is_told(dask_cluster: Any, clips: Path, tmp_path: Path) -> None:
    """Of the clip by name, with what to do."""
    task = Task(find_clips([clips])[0], None)
    away = tmp_path / "not there"
    with on_cluster(Cluster(dask_cluster.scheduler_address)) as do:
        ((_, no_folder),) = do([Task(task.clip, None, None, None, away)])
        task.clip.path.unlink()
        ((_, no_clip),) = do([task])
    assert not isinstance(no_folder, Crash)
    assert not isinstance(no_clip, Crash)
    assert no_folder.error.endswith(
        "it can't find the folder of --out. Choose one that all workers can write to, or use "
        "--send."
    )
    assert no_clip.error.endswith(
        "it can't find the clip. Put your clips where all workers can read them, or use --send."
    )


def test_another_version_is_told_before_any_work(
    dask_cluster: Any, clips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the worker's address."""
    monkeypatch.setattr(cluster_module, "version", lambda name: "0.0.1")
    task = Task(find_clips([clips])[0], None)
    with (
        on_cluster(Cluster(dask_cluster.scheduler_address)) as do,
        pytest.raises(ModelError, match=f"it has formcheck {metadata.version('formcheck')}, not 0"),
    ):
        list(do([task]))


def test_another_model_is_told_before_any_work(
    dask_cluster: Any, clips: Path, model_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else half of the answers would be by one and half by the other."""
    monkeypatch.setattr(cluster_module, "sha256", lambda path: "0")
    task = Task(find_clips([clips])[0], None, None, model_path)
    with (
        on_cluster(Cluster(dask_cluster.scheduler_address)) as do,
        pytest.raises(ModelError, match="its pose model differs from this computer's"),
    ):
        list(do([task]))


def test_a_scheduler_that_is_not_there_is_told(
    clips: Path,
) -> None:
    """In one line, soon."""
    for address in (AWAY, "nonsense", "tcp://127.0.0.1", "tcp://127.0.0.1:far"):
        line = refused(2, "check", clips, "-e", "bridge", "--scheduler", address)
        assert f"No scheduler answered at {address}" in line
    assert "--send only works with --scheduler" in refused(2, "check", clips, "--send")


def test_without_certificates_what_tls_needs_is_told(clips: Path, tmp_path: Path) -> None:
    """Which variable is to name which file; Dask itself says that something is no context."""
    check = ("check", clips, "-e", "bridge", "--scheduler", "tls://127.0.0.1:1")
    assert "variable DASK_DISTRIBUTED__COMM__TLS__CA_FILE isn't set" in refused(2, *check)
    with ExitStack() as stack:
        for name, variable in CERTIFICATES.items():
            missing = tmp_path / f"{name}.pem"
            stack.enter_context(dask.config.set({f"distributed.comm.tls.{name}": str(missing)}))
            assert f"variable {variable} is {missing}, which doesn't exist" in refused(2, *check)
            missing.touch()
        assert "No scheduler answered at tls://127.0.0.1:1" in refused(2, *check)


def test_the_command_gives_the_work_to_a_cluster(dask_cluster: Any, clips: Path) -> None:
    """With the lines and the overview of a folder."""
    out = clips.parent / "out"
    arguments = ["check", clips, "-e", "bridge", "--out", out, "--send"]
    done = run(*arguments, "--scheduler", dask_cluster.scheduler_address)
    assert done.returncode == 2  # for the file that is no recording
    assert "anna/bridge_5 é.npz: Glute bridge, 5 reps" in done.stdout
    assert (out / "index.html").exists()
    assert (out / "anna" / "bridge_5 é.npz" / "report.html").exists()


def test_python_can_use_it_as_any_executor(dask_cluster: Any, clips: Path) -> None:
    """`check_many` gives results as they come."""
    paths = sorted((clips / "anna").iterdir())
    with distributed.Client(dask_cluster.scheduler_address, set_as_default=False) as client:
        found = list(check_many(paths, "bridge", executor=client.get_executor(pure=False)))
    assert {each.path for each in found} == {str(path) for path in paths}
    alone = {each.path: repr(each) for each in check_many(paths, "bridge")}
    assert {each.path: repr(each) for each in found} == alone
