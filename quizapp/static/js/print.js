"use strict";
/* Buttons that print the page; without JavaScript they stay hidden and the browser's own command does it. */
(function () {
  Array.prototype.forEach.call(document.querySelectorAll("[data-print]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
