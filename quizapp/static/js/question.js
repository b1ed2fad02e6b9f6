"use strict";
/* Writing questions: what buttons do without this, done at once. Nothing here is needed to save. */
(function () {
  var kind = document.getElementById("kind");
  var change = document.getElementById("kind-change");
  if (kind && change) {
    change.hidden = true;
    kind.addEventListener("change", function () { change.click(); });
  }

  // Of a question with one right option, ticking one takes the tick from the others.
  var rows = [].slice.call(document.querySelectorAll('.option-edit[data-kind="single"]'));
  var rights = rows.map(function (row) { return row.querySelector('input[name$="-right"]'); });
  rights.forEach(function (right) {
    right.addEventListener("change", function () {
      if (!right.checked) { return; }
      rights.forEach(function (other) { if (other !== right) { other.checked = false; } });
    });
  });

  // Leaving with something written asks first; saving does not.
  var form = document.getElementById("question-form");
  if (form) {
    var written = false;
    form.addEventListener("input", function () { written = true; });
    form.addEventListener("submit", function () { written = false; });
    window.addEventListener("beforeunload", function (event) {
      if (written) { event.preventDefault(); event.returnValue = ""; }
    });
  }

  // Of a bulk change only the field that it needs is shown, and how many are marked.
  var what = document.getElementById("change");
  var marked = document.getElementById("marked");
  if (what && marked) {
    var fields = [].slice.call(document.querySelectorAll("[data-for]"));
    var show = function () {
      fields.forEach(function (field) {
        field.hidden = field.getAttribute("data-for").split(" ").indexOf(what.value) < 0;
      });
    };
    var told = marked.textContent;
    document.addEventListener("change", function (event) {
      if (event.target.name !== "chosen") { return; }
      var count = document.querySelectorAll('input[name="chosen"]:checked').length;
      marked.textContent = count ? "Đã đánh dấu " + count + " câu." : told;
    });
    what.addEventListener("change", show);
    show();
  }
})();
