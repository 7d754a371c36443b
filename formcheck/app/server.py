"""The addresses, and what is behind each of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from formcheck.app import camera_pages, pages
from formcheck.app.asked import exercise_asked, exercise_named, form_of, routine_named
from formcheck.app.desk import Desk
from formcheck.app.gate import Gate
from formcheck.app.past import read_past
from formcheck.app.today import once_more, rest_of_today
from formcheck.errors import ExerciseError, FormcheckError
from formcheck.history.page import ROOM as HISTORY
from formcheck.history.reports import report_of
from formcheck.history.rows import FeelingKind
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.live.notice import acknowledge, is_acknowledged
from formcheck.stage.sitting import CRASHED
from formcheck.stage.wire import serve_wire
from formcheck.templates.rendering import page_style, style_beside

OF_PICTURES = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Cache-Control": "private, max-age=3600",
}
MEANINGLESS = Sentence("This could not be understood. Go back and try again.")
"""Of what no page of formcheck's own would send."""
_OWN_POLICY = {"Content-Security-Policy": "frame-ancestors 'none'"}
"""Of pages that say themselves what they may do."""


class Pages:
    """Answers requests, for one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._is_noticed = False
        """Whether the notice was read since the start: where nothing can be kept, too."""

    def routes(self) -> list[Route | WebSocketRoute]:
        """All addresses, from behind the token on."""
        get, post = ["GET"], ["POST"]
        return [
            Route("/", self.today, methods=get),
            Route("/exercises", self.exercises, methods=get),
            Route("/exercises/{name}", self.exercise, methods=get),
            Route("/pictures/{name}.svg", self.picture, methods=get),
            Route("/begin", self.begin, methods=post),
            Route("/session", self.session, methods=get),
            Route("/end", self.end, methods=get),
            Route("/keep", self.keep, methods=post),
            Route("/feel", self.feel, methods=post),
            Route("/report", self.report, methods=get),
            Route("/history", self.history, methods=get),
            Route("/repair", self.repair, methods=post),
            Route("/camera", self.camera, methods=get),
            Route("/camera", self.take_camera, methods=post),
            Route("/cameras", self.cameras, methods=post),
            Route("/choices", self.choices, methods=get),
            Route("/choices", self.choose, methods=post),
            Route("/take", self.take, methods=post),
            Route("/notice", self.notice, methods=get),
            Route("/notice", self.acknowledge, methods=post),
            Route("/style.css", self.style, methods=get),
            Route("/history.css", self.history_style, methods=get),
            Route("/static/{name}", self.static, methods=get),
            WebSocketRoute("/wire", self.wire),
        ]

    # What there is to do.

    def today(self, _: Request) -> Response:
        """Today; before the first time, the notice."""
        if not (self._is_noticed or is_acknowledged()):
            return _to("notice")
        return HTMLResponse(pages.today_page(self._desk))

    def exercises(self, _: Request) -> Response:
        """All exercises."""
        return HTMLResponse(pages.exercises_page(self._desk))

    def exercise(self, request: Request) -> Response:
        """One of them."""
        return HTMLResponse(pages.exercise_page(exercise_named(request.path_params["name"])))

    def picture(self, request: Request) -> Response:
        """How an exercise goes, or with `?fault=` how one of its faults looks."""
        try:
            named = request.path_params["name"], request.query_params.get("fault")
            text = pages.picture(*named, self._desk.language)
        except ExerciseError as error:
            raise HTTPException(404) from error
        return Response(text, media_type="image/svg+xml", headers=OF_PICTURES)

    # A session.

    async def begin(self, request: Request) -> Response:
        """Begin what is due, a routine, an exercise, or whatever is done."""
        form = await form_of(request)
        await asyncio.to_thread(self._begin, form)
        return _to("session")

    def _begin(self, form: dict[str, str]) -> None:
        desk = self._desk
        if "exercise" in form:
            desk.begin(exercise_asked(form))
        elif "routine" in form:
            desk.begin(routine_named(form["routine"]))
        elif "free" in form:
            desk.begin(None)
        else:
            routine, due = desk.routine(), desk.due(read_past())
            left = rest_of_today(routine, due) or once_more(routine, due)
            if left is not None:
                desk.begin(left)

    def session(self, _: Request) -> Response:
        """The session that is going on, or else its end."""
        desk = self._desk
        if desk.sitting is None:
            return _to("./")
        return HTMLResponse(pages.session_page(desk)) if desk.is_busy else _to("end")

    def end(self, request: Request) -> Response:
        """What the last session was worth."""
        desk = self._desk
        if desk.sitting is None:
            return _to("./")
        if desk.is_busy:
            return _to("session")
        return HTMLResponse(pages.end_page(desk, "noted" in request.query_params))

    def keep(self, _: Request) -> Response:
        """Try once more to keep what could not be kept."""
        self._desk.keep_again()
        return _to("end")

    async def feel(self, request: Request) -> Response:
        """Note how hard and painful it was."""
        form = await form_of(request)
        kinds: tuple[FeelingKind, ...] = ("effort", "pain")
        scores = pages.SCORES
        told = [(kind, scores[form[kind]]) for kind in kinds if form.get(kind) in scores]
        for kind, score in told:
            await asyncio.to_thread(self._desk.feel, kind, score)
        return _to("end?noted" if told else "end")

    def report(self, request: Request) -> Response:
        """The report of a session that was kept, or of the last one, kept or not."""
        number = request.query_params.get("session")
        report = self._desk.last_report() if number is None else report_of(number)
        if report is None:
            return _trouble_told(tr("There is no such report any more."), 404)
        to_end = "end", tr("Back to the end of the session")
        way_back = to_end if number is None else ("history", tr("Back to the history"))
        return HTMLResponse(pages.with_way_back(report, *way_back), headers=_OWN_POLICY)

    def history(self, request: Request) -> Response:
        """What was done over weeks."""
        is_repaired = "repaired" in request.query_params
        return HTMLResponse(pages.history_of(self._desk, is_repaired))

    def repair(self, _: Request) -> Response:
        """Repair a history that cannot be read."""
        return _to("history?repaired" if self._desk.repair() else "history")

    # What was chosen.

    def camera(self, _: Request) -> Response:
        """What the camera sees."""
        if self._desk.is_busy:
            return _to("session")
        return HTMLResponse(camera_pages.camera_page(self._desk))

    async def take_camera(self, request: Request) -> Response:
        """Take another camera, and see what it sees."""
        form, choices = await form_of(request), self._desk.choices
        camera = camera_pages.read_camera(form, choices.camera)
        await asyncio.to_thread(self._desk.choose, replace(choices, camera=camera))
        return _to("camera")

    def cameras(self, _: Request) -> Response:
        """Look for the cameras that work, and give them to choose from."""
        self._desk.find_cameras()
        return HTMLResponse(camera_pages.cameras_part(self._desk))

    def choices(self, request: Request) -> Response:
        """Camera, voice and the rest."""
        return HTMLResponse(pages.choices_page(self._desk, "noted" in request.query_params))

    async def choose(self, request: Request) -> Response:
        """Keep what was chosen."""
        form = await form_of(request)
        choices = pages.read_choices(form, self._desk.choices)
        await asyncio.to_thread(self._desk.choose, choices)
        return _to("choices?noted")

    async def take(self, request: Request) -> Response:
        """Take a routine for every day."""
        form = await form_of(request)
        routine = routine_named(form.get("routine", ""))
        await asyncio.to_thread(
            self._desk.choose, replace(self._desk.choices, routine=routine.name)
        )
        return _to("./")

    def notice(self, _: Request) -> Response:
        """Whom to ask first, and when to stop."""
        return HTMLResponse(pages.notice_page())

    async def acknowledge(self, _: Request) -> Response:
        """Remember that the notice was read; the first time, see and hear what is next."""
        is_first = not is_acknowledged()
        acknowledge()
        self._is_noticed = True
        return _to("camera" if is_first else "./")

    # What pages are made of.

    def style(self, _: Request) -> Response:
        """The style of all pages."""
        return Response(style_beside(pages.ROOM, "app.css"), media_type="text/css")

    def history_style(self, _: Request) -> Response:
        """What the history needs besides."""
        return Response(page_style(HISTORY, "history.css"), media_type="text/css")

    def static(self, request: Request) -> Response:
        """A script, or the icon."""
        name = request.path_params["name"]
        data = pages.static_file(name)
        if data is None:
            raise HTTPException(404)
        kind = "image/svg+xml" if name.endswith(".svg") else "text/javascript"
        return Response(data, media_type=kind)

    async def wire(self, socket: WebSocket) -> None:
        """The wire to a page."""
        await serve_wire(socket, self._desk.hub, self._desk.obey)


def served(desk: Desk, token: str, port: int, begun: Callable[[], None] = lambda: None) -> Gate:
    """All pages, behind the gate.

    Args:
        desk: what they show and command.
        token: the secret that every path begins with.
        port: on which they are served.
        begun: called once they are.
    """

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        desk.hub.attach(asyncio.get_running_loop())
        begun()
        yield
        await asyncio.to_thread(desk.close)

    app = Starlette(
        routes=Pages(desk).routes(),
        lifespan=life,
        exception_handlers={
            FormcheckError: _trouble,
            HTTPException: _missing,
            Exception: lambda request, error: _trouble(request, FormcheckError(CRASHED)),
        },
    )
    return Gate(_Speaking(app, desk), token, port)


class _Speaking:
    """Middleware: all pages are in the language of the desk."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._desk.speaking():
            await self._app(scope, receive, send)


def _trouble(_: Request, error: Exception) -> Response:
    told = tr(error.sentence) if isinstance(error, FormcheckError) else str(error)
    return _trouble_told(told, 500)


def _missing(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    words = tr("There is no such page.") if status == 404 else tr(MEANINGLESS)
    return _trouble_told(words, status)


def _trouble_told(words: str, status: int) -> Response:
    return HTMLResponse(pages.trouble_page(words), status)


def _to(address: str) -> Response:
    return RedirectResponse(address, 303)
