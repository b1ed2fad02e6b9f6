"use strict";
/* Before a form with much in it is sent: is one still logged in? If not, it stays as typed, with a sentence what to do.
   Without this script the server refuses such a form, and what was typed is only where the browser kept it. */
(function () {
  var WAIT = 8000;

  function told(form) {
    var place = form.querySelector("[data-kept-here]");
    if (!place) {
      place = document.createElement("div");
      place.setAttribute("data-kept-here", "");
      place.setAttribute("role", "alert");
      place.className = "notice notice--bad";
      place.tabIndex = -1;
    }
    return place;
  }

  function tell(form, button, sentence, address) {
    var place = told(form);
    place.textContent = sentence;
    if (address) {
      var link = document.createElement("a");
      link.href = address;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = "Đăng nhập ở trang mới";
      place.appendChild(document.createElement("br"));
      place.appendChild(link);
    }
    var row = button && button.closest(".actions, .option-edit__ways, .picture-field, .pager");
    (row || form).insertAdjacentElement(row ? "beforebegin" : "beforeend", place);
    place.focus();
  }

  /* A log-in brings tokens of its own; whoever logged in again sends what was typed with the new one. */
  function renew(answer) {
    var page = new DOMParser().parseFromString(answer, "text/html");
    var fresh = page.querySelector('input[name="csrf_token"]');
    if (!fresh) { return false; }
    Array.prototype.forEach.call(document.querySelectorAll('input[name="csrf_token"]'), function (field) {
      field.value = fresh.value;
    });
    return true;
  }

  function ready(form) {
    var address = form.getAttribute("data-kept");
    var pressed = null;
    var sure = false;
    var asking = false;

    function go() {
      sure = true;
      var old = form.querySelector("[data-kept-here]");
      if (old) { old.remove(); }
      (pressed || form.querySelector("button")).click();
    }

    function ask() {
      var request = new XMLHttpRequest();
      asking = true;
      request.open("GET", address);
      request.timeout = WAIT;
      request.onload = function () {
        asking = false;
        var isThere = request.responseURL.split("?")[0].slice(-address.length) === address;
        if (request.status !== 200 || (isThere && renew(request.responseText))) { go(); return; } /* what else is wrong the server says */
        tell(form, pressed, "Phiên đăng nhập đã hết nên chưa gửi được; những gì đã gõ vẫn còn ở trang này. Xin đăng nhập lại rồi về đây bấm lần nữa.", form.getAttribute("data-log-in"));
      };
      request.onerror = request.ontimeout = function () {
        asking = false;
        tell(form, pressed, "Không nối được với máy chủ nên chưa gửi được; những gì đã gõ vẫn còn ở trang này. Xin xem lại mạng rồi bấm lần nữa.");
      };
      request.send();
    }

    form.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button) { pressed = button; }
    });
    /* Before all others that listen: for them nothing is sent yet. */
    form.addEventListener("submit", function (event) {
      if (sure) { sure = false; return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!asking) { ask(); }
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-kept]"), ready);
})();
