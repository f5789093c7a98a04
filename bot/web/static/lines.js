// Lines: a command that stands in a message goes into the box with a click, to be changed and sent.
// A message has one stop for the Tab key, however many lines it has; the arrow keys go from one to the next.

const list = document.getElementById("messages");
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export function mindLines() {
  list.querySelectorAll(".message").forEach(offer);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach((node) => node.matches?.(".message") && offer(node));
  }).observe(list, { childList: true });
  list.addEventListener("keydown", walk);
}

function offer(message) {
  message.querySelectorAll("code.line").forEach((line, number) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "line", title: "Put this into the box", tabIndex: number ? -1 : 0 });
    button.dataset.line = line.textContent;
    line.replaceWith(button);
    button.append(line);
    line.className = "";
  });
}

function walk(event) {
  const line = event.target.closest("button.line");
  const step = STEPS[event.key];
  if (!line || !step) return;
  event.preventDefault();
  const lines = Array.from(line.closest(".message").querySelectorAll("button.line"));
  const next = lines[(lines.indexOf(line) + step + lines.length) % lines.length];
  line.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
