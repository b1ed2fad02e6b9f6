"use strict";
/* A job's bar moves by itself; when the job is over the page is loaded anew. Without JavaScript the page does that. */
(function () {
  var EVERY = 2000;

  function ask(box) {
    var request = new XMLHttpRequest();
    request.open("GET", box.getAttribute("data-job"));
    request.setRequestHeader("Accept", "application/json");
    request.onload = function () {
      var job = null;
      try { job = JSON.parse(request.responseText); } catch (error) { /* a proxy's page: ask again */ }
      if (request.status === 404 || request.status === 401 || (job && job.is_finished)) {
        window.location.reload();
        return;
      }
      if (job && typeof job.progress === "number") { show(box, job.progress); }
      later(box);
    };
    request.onerror = function () { later(box); };
    request.send();
  }

  function show(box, progress) {
    var percent = Math.floor(progress / 100);
    box.querySelector(".bar__fill").setAttribute("width", progress / 100);
    box.querySelector(".bar__text").textContent = percent + " %";
  }

  function later(box) { window.setTimeout(function () { ask(box); }, EVERY); }

  Array.prototype.forEach.call(document.querySelectorAll("[data-job]"), later);
})();
