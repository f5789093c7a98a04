// Forms and buttons inside messages: suggestions in their fields, a calendar beside dates, nothing sent twice.

import { draftOf, dropDraft, keepDraft } from "./drafts.js";
import { awaitAnswer, here } from "./list.js";
import { suggest } from "./suggest.js";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const list = document.getElementById("messages");

export function mindForms() {
  list.querySelectorAll("form.form").forEach(prepare);
  list.addEventListener("arrived", (event) => arrive(event.target, event.detail));
  list.addEventListener("htmx:beforeProcessNode", (event) => {
    if (event.target.tagName === "A") event.target.setAttribute("hx-boost", "false"); // only forms are sent aside
  });
  list.addEventListener("htmx:load", (event) => event.target.querySelectorAll?.("form.form").forEach(prepare));
  document.body.addEventListener("change", calendar);
  list.addEventListener("input", (event) => keep(event.target.closest("form.form")));
  list.addEventListener("htmx:configRequest", (event) => {
    if (here.thread && event.target.matches("form.buttons, form.form")) event.detail.parameters.thread = here.thread;
    if (event.target.matches("form.buttons")) event.detail.parameters.key = crypto.getRandomValues(new Uint32Array(4)).join("-");
  });
  list.addEventListener("htmx:beforeSend", (event) => {
    rest(event.target);
    awaitAnswer();
  });
  list.addEventListener("input", (event) => forgive(event.target));
}

// What was wrong with an answer is not said of the next one.
function forgive(box) {
  const field = box.closest(".field");
  if (!field?.querySelector("[aria-invalid]")) return;
  field.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
  field.querySelector(".error")?.setAttribute("hidden", "");
}

function arrive(message, { isNew, isAnswer }) {
  if (isAnswer) message.querySelectorAll("form.buttons").forEach(rest); // it may have come under the finger
  const form = message.querySelector("form.form");
  if (!form) return;
  dropDraft(nameOf(form)); // what the server gave stands in it
  prepare(form);
  const boxes = Array.from(form.querySelectorAll("[name^='field.']:not([type=hidden])"));
  const open = boxes.filter((box) => isOpen(box, form));
  const begin = open.find(isNeeded) ?? (open.length < boxes.length ? boxes[1] : open[0]) ?? boxes[0];
  const first = form.querySelector(".errors") ?? begin;
  if (!document.hasFocus() || (!isNew && !form.querySelector(".errors"))) return; // it was opened in another window
  message.scrollIntoView({ block: "start" });
  first?.focus({ preventScroll: true });
}

// Whether a question has no answer yet.
function isOpen(box, form) {
  if (!["radio", "checkbox"].includes(box.type)) return !box.value;
  return !form.querySelector(`[name="${CSS.escape(box.name)}"]:checked:not([value=""])`);
}

const isNeeded = (box) => Boolean(box.closest("[aria-required=true]"));

// A second press while the first is on its way, or just after, does nothing.
function rest(form) {
  if (!form.matches("form.buttons, form.form")) return;
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => (button.ariaDisabled = "true"));
  form.classList.add("resting");
  setTimeout(() => {
    form.classList.remove("resting");
    buttons.forEach((button) => (button.ariaDisabled = null));
  }, 700);
}

list.addEventListener(
  "submit",
  (event) => {
    if (!event.target.classList.contains("resting")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

function prepare(form) {
  if (form.dataset.isReady) return;
  form.dataset.isReady = "yes";
  restoreDraft(form);
  for (const box of form.querySelectorAll("input[type=text][name^='field.']")) {
    const said = box.closest(".field").querySelector("output") ?? box.closest(".field").appendChild(document.createElement("output"));
    const options = document.createElement("ul");
    Object.assign(options, { className: "options", id: `${box.id}-options`, hidden: true, role: "listbox", ariaLabel: "What could stand here" });
    said.classList.add("understood");
    (box.closest(".when") ?? box).after(options);
    box.role = "combobox";
    box.ariaAutoComplete = "list";
    box.ariaExpanded = "false";
    box.setAttribute("aria-controls", options.id);
    const field = box.name.replace("field.", "");
    suggest(box, options, said, { command: form.dataset.command, field }, (text) => text.trim());
  }
}

// A day of the calendar is written into the box beside it, as people write dates.
function calendar(event) {
  if (event.target.type !== "date") return;
  const box = event.target.parentElement.querySelector("input[type=text]");
  const [year, month, day] = event.target.value.split("-").map(Number);
  if (!box || !year) return;
  box.value = `${day} ${MONTHS[month - 1]} ${year}`;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

const nameOf = (form) => `form ${form.dataset.command} ${form.elements.message?.value}`;

function keep(form) {
  if (!form) return;
  const filled = Array.from(new FormData(form)).filter(([name]) => name.startsWith("field."));
  keepDraft(nameOf(form), JSON.stringify(filled));
}

// What was typed before the page was left or loaded again.
function restoreDraft(form) {
  for (const [name, value] of JSON.parse(draftOf(nameOf(form)) || "[]")) {
    for (const box of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (box.type === "radio" || box.type === "checkbox") box.checked ||= box.value === value;
      else box.value = value;
    }
  }
}
