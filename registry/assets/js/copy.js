// A button that copies, at every block of code; without this file the text is there all the same.
(() => {
  "use strict";
  const dutch = document.documentElement.lang === "nl";
  const words = dutch ? ["Kopieer", "Gekopieerd"] : ["Copy", "Copied"];

  const offer = (block) => {
    const label = block.parentElement.querySelector("figcaption");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "app-code__copy";
    button.textContent = words[0];
    const said = document.createElement("span");
    said.className = "app-sr";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = said.textContent = words[1];
      setTimeout(() => { button.textContent = words[0]; said.textContent = ""; }, 2000);
    });
    label.append(button, said);
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (navigator.clipboard) document.querySelectorAll("pre[data-copy]").forEach(offer);
  });
})();
