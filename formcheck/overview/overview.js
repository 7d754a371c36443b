"use strict";
// Sorts and filters the clips. Without it the table stands as it was written.
const table = document.querySelector("table.clips");
const rows = [...table.tBodies[0].rows];
const filters = document.querySelector("form.filters");
const told = filters.querySelector("output");
const RANK = { safety: 0, fault: 1, hint: 2, "": 3 };
const compare = {
  text: (a, b) => a.localeCompare(b, undefined, { numeric: true, sensitivity: "base" }),
  number: (a, b) => Number(a) - Number(b),
  severity: (a, b) => RANK[a] - RANK[b],
};

function sort(button) {
  const head = button.closest("th");
  const upward = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", upward ? "ascending" : "descending");
  const { sort: key, kind } = button.dataset;
  const order = (a, b) => compare[kind](a.dataset[key], b.dataset[key]);
  rows.sort((a, b) => (upward ? order(a, b) : order(b, a)));
  table.tBodies[0].append(...rows);
}

function filter() {
  const wanted = new FormData(filters);
  const words = String(wanted.get("words")).toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row) =>
    ["person", "exercise"].every((key) => !wanted.get(key) || row.dataset[key] === wanted.get(key)) &&
    words.every((word) => row.textContent.toLowerCase().includes(word));
  for (const row of rows) row.hidden = !fits(row);
  const shown = rows.filter((row) => !row.hidden).length;
  told.value = shown === rows.length ? "" : filters.dataset.shown.replace("{some}", shown).replace("{all}", rows.length);
}

for (const button of table.querySelectorAll("button[data-sort]")) {
  button.addEventListener("click", () => sort(button));
}
filters.addEventListener("input", filter);
filters.addEventListener("submit", (event) => event.preventDefault());
filters.hidden = false;
