// Shows what the camera sees, lets another be chosen, and lets the voice be heard.
import { findCameras } from "./cameras.js";
import { Drawing } from "./drawing.js";
import { say, spokenLanguages } from "./speech.js";
import { connect } from "./wire.js";

const AGAIN = 3000;  // Milliseconds without a picture until the camera is asked for once more.

const trouble = document.getElementById("trouble");
const drawing = new Drawing(
  document.getElementById("picture"), document.querySelector(".view").dataset.mirror === "yes");
let number = 0;
let last = Date.now();

async function hear(data, send) {
  if (data instanceof ArrayBuffer) {
    const drawn = number;
    last = Date.now();
    try {
      drawing.show(await createImageBitmap(new Blob([data], { type: "image/jpeg" })), {});
      trouble.textContent = "";
    } finally {
      send({ drawn });
    }
    return;
  }
  const message = JSON.parse(data);
  number = message.number;
  const isNew = message.message !== trouble.textContent;  // or it would be read aloud again and again
  if (message.screen === "trouble" && isNew) trouble.textContent = message.message;
}

const look = (send) => send({ press: "look" });
const send = connect(true, hear, look);
setInterval(() => {
  if (document.visibilityState === "visible" && Date.now() - last > AGAIN) look(send);
}, AGAIN);

const another = document.getElementById("another");
another.addEventListener("toggle", async () => {
  if (!another.open || another.dataset.found === "yes") return;
  another.dataset.found = "yes";
  await findCameras();
});

const button = document.getElementById("hear");
button.addEventListener("click", async () => {
  const { language, volume, words, none } = button.dataset;
  if ((await spokenLanguages()).includes(language)) say({ words, language, volume: volume / 100 }, () => {});
  else document.getElementById("voice").textContent = none;
});
