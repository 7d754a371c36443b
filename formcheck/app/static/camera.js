// Shows what the camera sees, and lets the voice be heard.
import { Drawing } from "./drawing.js";
import { say, spokenLanguages } from "./speech.js";
import { connect } from "./wire.js";

const trouble = document.getElementById("trouble");
const drawing = new Drawing(
  document.getElementById("picture"), document.querySelector(".view").dataset.mirror === "yes");
let number = 0;

async function hear(data, send) {
  if (data instanceof ArrayBuffer) {
    const drawn = number;
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
  if (message.screen === "trouble") trouble.textContent = message.message;
}

connect(true, hear, (send) => send({ press: "look" }));

const button = document.getElementById("hear");
button.addEventListener("click", async () => {
  const { language, volume, words, none } = button.dataset;
  if ((await spokenLanguages()).includes(language)) say({ words, language, volume: volume / 100 }, () => {});
  else trouble.textContent = none;
});
