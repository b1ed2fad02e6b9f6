"use strict";
/* Pictures of an essay: larger, smaller, turned. Without this script each opens in full size by its link. */
(function () {
  var SMALLEST = 1;
  var LARGEST = 4;
  var STEP = 0.5;

  function ready(sheet) {
    var view = sheet.querySelector(".sheet__view");
    var image = view.querySelector("img");
    var zoom = 1;
    var turn = 0;

    /* A picture on its side is as wide as it was high: its box is told so. */
    function paint() {
      var lies = turn % 180 !== 0;
      var ratio = image.naturalHeight / image.naturalWidth || 1;
      var width = view.clientWidth * zoom;
      var long = lies ? width / ratio : width;
      image.style.maxWidth = "none";
      image.style.width = long + "px";
      image.style.height = long * ratio + "px";
      image.style.transformOrigin = "0 0";
      image.style.transform = {
        0: "none",
        90: "translateX(" + width + "px) rotate(90deg)",
        180: "translate(" + long + "px, " + long * ratio + "px) rotate(180deg)",
        270: "translateY(" + long + "px) rotate(270deg)",
      }[turn];
      image.style.marginBottom = lies ? (long - long * ratio) + "px" : "0";
      image.style.marginRight = lies ? (long * ratio - long) + "px" : "0";
      sheet.querySelector("[data-smaller]").disabled = zoom <= SMALLEST;
      sheet.querySelector("[data-larger]").disabled = zoom >= LARGEST;
    }

    sheet.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) return;
      if (button.hasAttribute("data-larger")) zoom = Math.min(LARGEST, zoom + STEP);
      if (button.hasAttribute("data-smaller")) zoom = Math.max(SMALLEST, zoom - STEP);
      if (button.hasAttribute("data-turn")) turn = (turn + 90) % 360;
      paint();
    });
    sheet.querySelector(".sheet__ways").hidden = false;
    sheet.querySelector("[data-smaller]").disabled = true;
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-sheet]"), ready);
})();
