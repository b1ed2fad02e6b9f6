"use strict";
/* A password can be looked at before it is sent: a button under every input with data-reveal. */
(function () {
  function add(input) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet reveal";
    button.setAttribute("aria-controls", input.id);

    function show(shown) {
      input.type = shown ? "text" : "password";
      button.textContent = shown ? "Ẩn mật khẩu" : "Hiện mật khẩu";
    }

    button.addEventListener("click", function () { show(input.type === "password"); });
    // What is sent is a password again, or the browser would keep it among the texts that it suggests.
    input.form.addEventListener("submit", function () { show(false); });
    input.setAttribute("autocapitalize", "none");
    input.setAttribute("spellcheck", "false");
    input.parentNode.insertBefore(button, input.nextSibling);
    show(false);
  }

  Array.prototype.forEach.call(document.querySelectorAll("input[data-reveal]"), add);
})();
