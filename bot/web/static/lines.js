// Lines: a command that stands in a message goes into the box with a click, to be changed and sent.

const list = document.getElementById("messages");

export function mindLines() {
  offer(list);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach((node) => node.querySelectorAll && offer(node));
  }).observe(list, { childList: true });
}

function offer(where) {
  for (const line of where.querySelectorAll("code.line")) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "line", title: "Put this into the box" });
    button.dataset.line = line.textContent;
    line.replaceWith(button);
    button.append(line);
    line.className = "";
  }
}
