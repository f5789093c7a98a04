// The chat: wires the page together.

import { openStream } from "./stream.js";
import { mindComposer } from "./composer.js";
import { mindForms } from "./forms.js";
import { mindLines } from "./lines.js";
import { awaitAnswer, toEnd } from "./list.js";

const notice = document.getElementById("alert");

function tell(words) {
  notice.textContent = words;
  notice.hidden = !words;
}

// What the clock says of where it is sent stands beside it; once it has gone there, it folds.
const clockAlert = document.getElementById("clock-alert");
document.body.addEventListener("outcome", (event) => {
  const isClock = Boolean(event.target.closest?.("#clock")) && event.detail.is_error;
  clockAlert.textContent = isClock ? event.detail.why : "";
  clockAlert.hidden = !isClock;
  tell(isClock ? "" : event.detail.why);
  if (!isClock && event.target.closest?.("#clock")) fold();
});
// Whoever moves the clock is shown what is said to them then.
document.body.addEventListener("htmx:beforeSend", (event) => event.target.matches("[hx-post=move]") && awaitAnswer());
for (const lost of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(lost, () =>
    tell("That was not sent: the chat cannot be reached just now. What you typed is still here; please try again."),
  );
}

// What unfolds over the page folds again when one goes on elsewhere.
document.addEventListener("keydown", (event) => event.key === "Escape" && fold());
document.addEventListener("click", (event) => fold(event.target));
function fold(except = null) {
  for (const open of document.querySelectorAll("details.drop[open]")) {
    if (open.contains(except)) continue;
    if (open.contains(document.activeElement)) open.querySelector("summary").focus();
    open.open = false;
  }
}

toEnd();
mindComposer();
mindForms();
mindLines();
openStream();
