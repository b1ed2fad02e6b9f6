"use strict";
/* What went wrong is the first thing to read: by eye, by keyboard and by ear. */
(function () {
  var trouble = document.querySelector("[data-focus]");
  if (trouble) { trouble.focus(); }
})();
