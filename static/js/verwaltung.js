/* The pick lists of the administration (select2) have no name of their own: they get their label's. */
"use strict";

function nameVon(auswahl) {
  const feld = auswahl.closest(".select2-container")?.previousElementSibling;
  return feld?.labels?.[0]?.textContent.replace(/:\s*$/, "").trim() ?? "Auswahl";
}

function benenne(wurzel) {
  for (const auswahl of wurzel.querySelectorAll(".select2-selection:not([aria-label])")) {
    const name = nameVon(auswahl);
    auswahl.setAttribute("aria-label", name);
    auswahl.querySelector(".select2-selection__rendered")?.setAttribute("aria-label", name);
  }
  for (const suche of wurzel.querySelectorAll(".select2-search__field:not([aria-label])")) {
    suche.setAttribute("aria-label", "Suchen");
  }
  for (const liste of wurzel.querySelectorAll(".select2-results__options:not([aria-label])")) {
    liste.setAttribute("aria-label", "Treffer");
  }
}

document.addEventListener("DOMContentLoaded", () => {
  benenne(document);
  new MutationObserver(() => benenne(document)).observe(document.body, {
    childList: true,
    subtree: true,
  });
});
