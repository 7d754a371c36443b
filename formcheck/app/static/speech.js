// Says things with the browser's own voices, and plays tones. What is heard, and when, is decided in Python.
const LOOK = 1500;  // Milliseconds that voices may take to be there.

const engine = window.speechSynthesis;
let sound = null;

const codeOf = (voice) => voice.lang.split(/[-_]/)[0].toLowerCase();

function voiceFor(language) {
  const able = engine === undefined ? [] : engine.getVoices().filter((each) => codeOf(each) === language);
  return able.find((each) => each.default) ?? able.find((each) => each.localService) ?? able[0] ?? null;
}

// The languages for which there are voices, once that is known.
export function spokenLanguages() {
  const found = () => (engine === undefined ? [] : [...new Set(engine.getVoices().map(codeOf))]);
  return new Promise((tell) => {
    if (engine === undefined || found().length) {
      tell(found());
      return;
    }
    const end = setTimeout(() => tell(found()), LOOK);
    engine.addEventListener("voiceschanged", () => {
      clearTimeout(end);
      tell(found());
    }, { once: true });
  });
}

export function say(message, done) {
  const words = new SpeechSynthesisUtterance(message.words);
  words.voice = voiceFor(message.language);
  words.lang = message.language;
  words.volume = message.volume;
  words.onend = () => done("");
  words.onerror = (event) => done(event.error);
  if (message.urgent) engine.cancel();
  engine.speak(words);
}

export function hush() {
  if (engine !== undefined) engine.cancel();
}

// Plays notes; whether the browser lets us, which some do only after a click.
export function play(message) {
  sound ??= new AudioContext();
  if (sound.state === "suspended") sound.resume();
  for (const note of message.notes) {
    for (const [octave, share] of [[1, 0.8], [2, 0.2]]) ring(note, note.pitch * octave, message.volume * note.loudness * share);
  }
  return sound.state === "running";
}

function ring({ start, lasting, is_bell: isBell }, pitch, loudness) {
  const wave = sound.createOscillator(), gain = sound.createGain();
  const begin = sound.currentTime + start, end = begin + lasting, fade = 0.012;
  wave.frequency.value = pitch;
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(loudness, begin + fade);
  if (isBell) gain.gain.setTargetAtTime(0, begin + fade, 0.25);
  else gain.gain.setValueAtTime(loudness, end - fade);
  gain.gain.linearRampToValueAtTime(0, end);
  wave.connect(gain).connect(sound.destination);
  wave.start(begin);
  wave.stop(end);
}
