// Offers the cameras that work, once somebody asks for them: looking for them takes seconds.
export async function findCameras() {
  const form = document.getElementById("cameras");
  const hadFocus = form.contains(document.activeElement);
  const told = document.getElementById("finding");
  document.getElementById("find").disabled = true;
  form.setAttribute("aria-busy", "true");
  told.textContent = told.dataset.words;
  try {
    const answer = await fetch("cameras", { method: "POST" });
    form.outerHTML = await answer.text();
  } catch {
    told.textContent = "";  // formcheck has ended, which the wire tells
    document.getElementById("find").disabled = false;
    form.removeAttribute("aria-busy");
  }
  if (hadFocus) (document.querySelector("#cameras :checked") ?? document.getElementById("find")).focus();
}

document.addEventListener("click", (event) => {
  if (event.target.id === "find") findCameras();
});
document.addEventListener("input", (event) => {
  if (event.target.name === "address") document.getElementById("elsewhere")?.click();
});
