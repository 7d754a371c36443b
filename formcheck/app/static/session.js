// The stage: shows what the coach shows, says what it says, and hands on what is pressed.
import { Drawing } from "./drawing.js";
import { hush, play, say, spokenLanguages } from "./speech.js";
import { connect } from "./wire.js";

const part = (name) => document.getElementById(name);
const stage = part("stage");
const drawing = new Drawing(part("picture"), stage.dataset.mirror === "yes");
const SIGNS = {
  safety: "M12 2 23 21H1Zm0 6v6m0 3v1", fault: "M12 2 22 12 12 22 2 12Zm0 5v6m0 3v1",
  hint: "M12 2a10 10 0 1 0 .1 0Zm0 8v8m0-12v1", praise: "M4 12l6 6L21 6", guide: "M4 12h15m-6-6 6 6-6 6",
};
const KEYS = { " ": "space", n: "n", o: "o", s: "s", m: "m", q: "q" };
const LONG = 55;  // Letters of a message that is written smaller.
let scene = null;

function words(name, text) {
  const element = part(name);
  if (element.textContent !== text) element.textContent = text;
}

function mark(name, value) {
  if (stage.dataset[name] !== value) stage.dataset[name] = value;
}

function picture(name, exercise) {
  const element = part(name);
  const address = exercise ? `pictures/${exercise}.svg` : "";
  if (element.dataset.address !== address) {
    element.dataset.address = address;
    if (address) element.src = address;
  }
  element.hidden = !address;
}

function show(state) {
  mark("screen", state.screen);
  mark("tone", state.tone ?? "guide");
  mark("cue", state.cue ?? "low");
  const counts = state.count !== undefined;
  stage.classList.toggle("counts", counts);
  words("title", state.title ?? "");
  words("goal", counts ? "" : state.goal ?? "");
  words("count", counts ? `${state.count}` : "");
  words("side", state.side ?? "");
  words("phase", counts ? state.phase : "");
  words("target", counts ? state.target : "");
  const covered = state.rest || state.paused;
  part("cue").hidden = !state.message || Boolean(covered && !state.gesture);
  words("message", state.message ?? "");
  mark("long", (state.message ?? "").length > LONG ? "yes" : "no");
  part("sign").setAttribute("d", SIGNS[state.tone] ?? SIGNS.guide);
  ring(state);
  picture("demo", state.setting && !covered ? state.demo : "");
  const said = state.words ?? {};
  for (const name of ["unseen", "borderline"]) {
    part(name).hidden = !said[name] || Boolean(covered);
    words(name, said[name] ?? "");
  }
  rest(state.paused ? null : state.rest);
  part("paused").hidden = !state.paused || state.hurt;
  part("hurt").hidden = !state.hurt;
  words("hurt-words", said.hurt ?? "");
  for (const name of ["pause", "skip", "mute"]) if (said[name]) words(name, said[name]);
  part("other").hidden = !state.sides || Boolean(state.hurt);
  part("ouch").hidden = Boolean(state.hurt);
  part("skip").hidden = Boolean(state.hurt);
}

function ring(state) {
  const gesture = state.gesture;
  const hold = gesture ?? state.ring;
  part("ring").hidden = !hold;
  if (!hold) return;
  part("arc").setAttribute("stroke-dasharray", `${100 * hold.share} 100`);
  part("hand").toggleAttribute("hidden", !gesture);
  words("held", gesture ? "" : hold.share === 1 ? "✓" : `${Math.floor(hold.held)}`);
  words("hold", hold.words ?? "");
}

function rest(state) {
  part("rest").hidden = !state;
  if (!state) return;
  words("rest-left", `${Math.ceil(state.left)}`);
  words("rest-title", `${state.title}. ${state.goal}.`);
  words("rest-summary", state.summary);
  picture("rest-demo", state.demo);
}

async function paint(data, send) {
  const shown = scene;
  try {
    drawing.show(await createImageBitmap(new Blob([data], { type: "image/jpeg" })), shown);
  } finally {
    show(shown);
    send({ drawn: shown.number });
  }
}

function hear(data, send) {
  if (data instanceof ArrayBuffer) {
    paint(data, send);
    return;
  }
  const message = JSON.parse(data);
  if (message.kind === "say") {
    say(message, (error) => {
      const refused = error === "not-allowed";
      part("speech").hidden = !refused || !message.asks;
      send({ said: message.number, refused });
    });
  } else if (message.kind === "tone") {
    part("speech").hidden = play(message);
  } else if (message.kind === "hush") {
    hush();
  } else if (message.screen === "over") {
    location.replace("end");
  } else {
    scene = message;
    if (!message.picture) show(message);
  }
}

const send = connect(true, hear, async (tell) => tell({ speaks: await spokenLanguages() }));
for (const button of document.querySelectorAll("[data-press]")) {
  button.addEventListener("click", () => send({ press: button.dataset.press }));
}
part("speech").addEventListener("click", () => { part("speech").hidden = true; });
part("full").hidden = !document.fullscreenEnabled;
part("full").addEventListener("click", () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
});
document.addEventListener("keydown", (event) => {
  const key = KEYS[event.key.toLowerCase()];
  const isButton = event.target instanceof HTMLButtonElement && event.key === " ";
  if (key === undefined || event.repeat || isButton || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  send({ press: key });
});

// Nobody touches the laptop for minutes, and its screen must not go dark meanwhile.
async function stayAwake() {
  try {
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen");
  } catch {
    // not on battery saving; then the computer's own settings hold
  }
}
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
