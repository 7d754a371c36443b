"use strict";
// Brings plot, reps and video together: a click on either moves the video there.
const video = document.querySelector("video");
if (video) {
  const begin = Number(video.dataset.start);
  const rows = [...document.querySelectorAll(".plot svg[data-start]")];
  const reps = [...document.querySelectorAll("tr[data-start]")];
  const goTo = (time) => {
    video.currentTime = Math.max(0, time - begin);
    video.scrollIntoView({ block: "nearest" });
  };
  for (const button of document.querySelectorAll("button[data-time]")) {
    button.hidden = false;
    button.addEventListener("click", () => goTo(Number(button.dataset.time)));
  }
  for (const row of rows) {
    const { start, end, left, right } = row.dataset;
    row.addEventListener("click", (event) => {
      const place = new DOMPoint(event.clientX, event.clientY)
        .matrixTransform(row.getScreenCTM().inverse());
      const share = Math.min(1, Math.max(0, (place.x - left) / (right - left)));
      goTo(Number(start) + share * (end - start));
    });
  }
  const follow = () => {
    const time = video.currentTime + begin;
    for (const row of rows) {
      const { start, end, left, right } = row.dataset;
      const share = (time - start) / (end - start);
      const line = row.querySelector(".now");
      line.classList.toggle("shown", share >= 0 && share <= 1);
      const x = Number(left) + share * (right - left);
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
    }
    for (const rep of reps) {
      const { start, end } = rep.dataset;
      rep.classList.toggle("playing", time >= Number(start) && time <= Number(end));
    }
  };
  for (const name of ["timeupdate", "seeking", "seeked"]) video.addEventListener(name, follow);
}
