// Progressive enhancement only: every screen works without this file.
(() => {
  "use strict";
  const dutch = document.documentElement.lang === "nl";

  // Browsers without ::details-content cannot lay a closed fold open by style.
  const unfold = () => {
    const wide = matchMedia("(min-width: 64rem)").matches;
    if (!wide || CSS.supports("selector(::details-content)")) return;
    document.querySelectorAll("details.app-fold").forEach((fold) => { fold.open = true; });
  };

  // A link to something in a closed fold opens that fold.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    const fold = target?.closest("details");
    if (!fold) return;
    fold.open = true;
    requestAnimationFrame(() => target.scrollIntoView());
  };

  const texts = dutch
    ? {
        tNoResults: () => "Niets gevonden",
        tStatusQueryTooShort: (n) => `Typ ${n} of meer tekens`,
        tStatusNoResults: () => "Niets gevonden",
        tStatusSelectedOption: (option, length, index) =>
          `${option}, ${index + 1} van ${length}, gekozen`,
        tStatusResults: (length, selected) => `${length} mogelijkheden. ${selected}`,
        tAssistiveHint: () => "Typ om te zoeken, kies met de pijltjestoetsen en Enter.",
      }
    : {};

  // The chosen value stays in the select, which is what the form sends.
  const choose = (select) => {
    const chooser = window.accessibleAutocomplete;
    if (select.dataset.chooser || typeof chooser !== "function") return;
    select.dataset.chooser = "on";
    const id = select.id;
    const described = select.getAttribute("aria-describedby");
    chooser.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value ? select.selectedOptions[0].textContent.trim() : "",
      showAllValues: true,
      autoselect: false,
      displayMenu: "overlay",
      menuAttributes: { "aria-labelledby": id },
      ...texts,
    });
    const input = document.getElementById(id);
    if (!input) return;
    if (described) {
      const own = input.getAttribute("aria-describedby") || "";
      input.setAttribute("aria-describedby", `${described} ${own}`.trim());
    }
    if (select.getAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
    // Only a name that is in the list counts; what was emptied is no longer chosen.
    input.addEventListener("blur", () => setTimeout(() => {
      const typed = input.value.trim().toLowerCase();
      const match = [...select.options].find((o) => o.textContent.trim().toLowerCase() === typed);
      select.value = match ? match.value : "";
    }, 150));
  };
  const enhance = (root) => root.querySelectorAll("select.js-choose").forEach(choose);

  // After adding a row the cursor goes into it; after removing, to the button that adds.
  const afterSwap = (event) => {
    const list = document.getElementById(event.detail.target.id) || document;
    enhance(list);
    const pressed = event.detail.requestConfig?.elt?.name;
    const lists = list.querySelectorAll(".app-row");
    if ((pressed === "_add" || pressed === "_paste") && lists.length) lists[lists.length - 1].focus();
    if (pressed === "_remove") list.querySelector("button[name=_add]")?.focus();
  };

  // A changed filter redraws the list: say how many are left.
  const announce = () => {
    const message = document.getElementById("aantal-melding");
    if (message) message.textContent = document.getElementById("aantal")?.textContent ?? "";
  };

  document.addEventListener("DOMContentLoaded", () => {
    unfold();
    enhance(document);
    reveal();
    window.addEventListener("hashchange", reveal);
    document.querySelector("[data-focus]")?.focus();
    document.addEventListener("form:redrawn", (event) => enhance(event.detail));
    document.body.addEventListener("htmx:afterSettle", (event) => {
      afterSwap(event);
      announce();
    });
  });
})();
