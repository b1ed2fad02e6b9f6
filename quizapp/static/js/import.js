/* The sheet of an import by keyboard: J and K walk, a digit ticks an option, S leaves a question out. */
(function () {
  "use strict";
  var form = document.querySelector("[data-import]");
  if (!form) { return; }
  var rows = Array.prototype.slice.call(form.querySelectorAll("[data-row]"));
  var here = -1;
  var keys = form.querySelector(".import__keys");
  if (keys) { keys.hidden = false; }

  function go(place) {
    if (!rows.length) { return; }
    here = Math.max(0, Math.min(rows.length - 1, place));
    rows[here].scrollIntoView({ block: "start" });
    rows[here].focus({ preventScroll: true });
  }

  // Those below first, then the next page; the last one goes round to the first.
  function goToNextInDoubt() {
    var next = rows.findIndex(function (row, place) { return place > here && row.hasAttribute("data-look"); });
    var more = form.querySelector("[data-next]");
    if (next < 0 && more) { more.click(); return; }
    if (next < 0) { next = rows.findIndex(function (row) { return row.hasAttribute("data-look"); }); }
    if (next >= 0) { go(next); }
  }

  // Leaving with something typed asks first; each button of this form saves it.
  var typed = false;
  form.addEventListener("input", function () { typed = true; });
  form.addEventListener("submit", function () { typed = false; });
  window.addEventListener("beforeunload", function (event) {
    if (typed) { event.preventDefault(); event.returnValue = ""; }
  });

  function fate(row) { return row.querySelector("[data-fate]"); }

  // Whoever picks an answer of a question in doubt wants it; the server still asks whether it is complete.
  function picked(row, box) {
    var kind = row.querySelector("select[name$='-kind']").value;
    if (box.checked && kind !== "multiple") {
      row.querySelectorAll("[data-option]").forEach(function (other) {
        if (other !== box) { other.checked = false; }
      });
    }
    if (box.checked && fate(row).value === "draft") { fate(row).value = "use"; }
  }

  rows.forEach(function (row, place) {
    row.addEventListener("focusin", function () { here = place; });
    row.querySelectorAll("[data-option]").forEach(function (box) {
      box.addEventListener("change", function () { picked(row, box); });
    });
  });

  document.addEventListener("keydown", function (event) {
    var typing = /^(TEXTAREA|SELECT)$/.test(event.target.tagName) || (event.target.tagName === "INPUT" && event.target.type !== "checkbox");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) { return; }
    var key = event.key.toLowerCase();
    var row = rows[here];
    if (key === "j") { go(here + 1); }
    else if (key === "k") { go(here - 1); }
    else if (key === "n") { goToNextInDoubt(); }
    else if (key === "s" && row) { fate(row).value = fate(row).value === "skip" ? "use" : "skip"; typed = true; }
    else if (/^[1-9]$/.test(key) && row) {
      var box = row.querySelector("[data-option='" + key + "']");
      if (!box) { return; }
      box.checked = !box.checked;
      picked(row, box);
      typed = true;
    } else { return; }
    event.preventDefault();
  });
}());
