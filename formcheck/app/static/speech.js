// Says things with the browser's own voice. What is said, and when, is decided in Python.
const LOOK = 1500;  // Milliseconds that voices may take to be there.

const engine = window.speechSynthesis;

function voice() {
  const english = engine === undefined ? [] : engine.getVoices().filter((each) => each.lang.startsWith("en"));
  return english.find((each) => each.default) ?? english.find((each) => each.localService) ?? english[0];
}

// Whether there is a voice, once that is known.
export function hasVoice() {
  return new Promise((tell) => {
    if (engine === undefined || voice() !== undefined) {
      tell(voice() !== undefined);
      return;
    }
    const end = setTimeout(() => tell(voice() !== undefined), LOOK);
    engine.addEventListener("voiceschanged", () => {
      clearTimeout(end);
      tell(voice() !== undefined);
    }, { once: true });
  });
}

export function say(message, done) {
  const words = new SpeechSynthesisUtterance(message.words);
  words.voice = voice() ?? null;
  words.lang = "en";
  words.volume = message.volume;
  words.onend = () => done("");
  words.onerror = (event) => done(event.error);
  if (message.urgent) engine.cancel();
  engine.speak(words);
}

export function hush() {
  if (engine !== undefined) engine.cancel();
}
