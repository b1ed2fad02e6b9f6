"use strict";
/* A form that takes a while says so, and is sent once. Without this script the browser's own sign of loading tells it. */
(function () {
  var SHOWN_AFTER = 700;
  var MEBIBYTE = 1024 * 1024;

  function tell(place, sentence) {
    var bar = document.createElement("progress");
    var text = document.createElement("p");
    text.textContent = sentence;
    bar.setAttribute("aria-hidden", "true");
    place.appendChild(text);
    place.appendChild(bar);
  }

  function ready(form) {
    var place = form.querySelector("[data-busy-here]");
    var timer = null;

    form.addEventListener("submit", function (event) {
      if (form.hasAttribute("aria-busy")) { event.preventDefault(); return; }
      form.setAttribute("aria-busy", "true");
      timer = window.setTimeout(function () { tell(place, form.getAttribute("data-busy")); }, SHOWN_AFTER);
      /* Only now, or the pressed button would not be sent along. */
      window.setTimeout(function () { lock(true); }, 0);
    });

    function lock(isLocked) {
      Array.prototype.forEach.call(form.querySelectorAll("button"), function (button) { button.disabled = isLocked; });
    }

    /* Back to a page that the browser kept: it can be sent again. */
    window.addEventListener("pageshow", function (event) {
      if (!event.persisted) { return; }
      window.clearTimeout(timer);
      form.removeAttribute("aria-busy");
      place.textContent = "";
      lock(false);
    });

    /* What is too large is told before it is sent for minutes. */
    Array.prototype.forEach.call(form.querySelectorAll("[data-most]"), function (field) {
      function measure() {
        var most = Number(field.getAttribute("data-most"));
        var file = field.files[0];
        var large = file && file.size > most * MEBIBYTE;
        field.setCustomValidity(large ? "Tệp lớn hơn " + most + " MB. Xin thu nhỏ ảnh trong tệp, hoặc chia thành nhiều tệp." : "");
        return large;
      }
      field.addEventListener("change", function () { if (measure()) { field.reportValidity(); } });
      /* After site.js took its own sentence back. */
      form.addEventListener("click", function (event) { if (event.target.closest("button")) { measure(); } });
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-busy]"), ready);
})();
