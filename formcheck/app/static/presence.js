// Lets formcheck know that a page is open, and tells when formcheck has ended.
import { connect } from "./wire.js";
import { say } from "./speech.js";

connect(false, () => {});

const hear = document.getElementById("hear");
if (hear !== null) {
  hear.addEventListener("click", () => {
    const volume = document.querySelector("[name=volume]").value / 100;
    say({ words: "Good. Start when you're ready.", volume }, () => {});
  });
}
