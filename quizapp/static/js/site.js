"use strict";
/* What went wrong is the first thing to read: by eye, by keyboard and by ear. */
(function () {
  var trouble = document.querySelector("[data-focus]");
  if (trouble) { trouble.focus(); }
  /* A row of links that is wider than the phone starts at the page one is on. */
  Array.prototype.forEach.call(document.querySelectorAll("nav [aria-current]"), function (link) {
    var row = link.closest("nav");
    row.scrollLeft += link.getBoundingClientRect().left - row.getBoundingClientRect().left - 16;
  });
})();
