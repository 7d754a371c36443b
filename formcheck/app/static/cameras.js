// Offers the cameras that work, once somebody asks for them: looking for them takes seconds.
export async function findCameras() {
  const form = document.getElementById("cameras");
  const hadFocus = form.contains(document.activeElement);  // which a button loses with being disabled
  const told = document.getElementById("finding");
  document.getElementById("find").disabled = true;
  form.setAttribute("aria-busy", "true");
  told.textContent = told.dataset.words;
  try {
    const answer = await fetch("cameras", { method: "POST" });
    if (!answer.ok) throw new Error(answer.statusText);
    offer(form, await answer.text(), hadFocus);
  } catch {
    told.textContent = "";  // formcheck has ended, which the wire tells
    document.getElementById("find").disabled = false;
    form.removeAttribute("aria-busy");
    if (hadFocus) document.getElementById("find").focus();
  }
}

// What was chosen or typed meanwhile stays, and so does the focus.
function offer(form, part, hadFocus) {
  const typed = form.querySelector("[name=address]");
  const isTyped = typed.value !== typed.defaultValue;
  const chosen = isTyped ? "" : form.querySelector(":checked")?.value;
  const wasTyping = document.activeElement === typed;
  form.outerHTML = part;
  const address = document.querySelector("#cameras [name=address]");
  if (isTyped) address.value = typed.value;
  for (const each of document.querySelectorAll("#cameras [name=camera]")) {
    if (each.value === chosen) each.checked = true;
  }
  if (wasTyping) address.focus();
  else if (hadFocus) (document.querySelector("#cameras :checked") ?? document.getElementById("find")).focus();
}

document.addEventListener("click", (event) => {
  if (event.target.id === "find") findCameras();
});
document.addEventListener("input", (event) => {
  if (event.target.name === "address") document.getElementById("elsewhere")?.click();
});
