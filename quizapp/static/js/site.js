"use strict";
/* What went wrong is the first thing to read: by eye, by keyboard and by ear. */
(function () {
  var trouble = document.querySelector("[data-focus]");
  if (trouble) { trouble.focus(); }
  /* What the browser says of an empty field is in the language of the phone, often English. */
  function sentence(field) {
    var validity = field.validity;
    if (validity.tooShort) { return "Cần ít nhất " + field.minLength + " ký tự; hiện mới có " + field.value.length + "."; }
    if (!validity.valueMissing) { return validity.customError ? field.validationMessage : ""; }
    if (field.type === "checkbox") { return "Xin đánh dấu vào ô này."; }
    if (field.type === "file") { return "Xin chọn tệp."; }
    return field.type === "radio" || field.tagName === "SELECT" ? "Xin chọn một mục." : "Xin điền mục này.";
  }
  document.addEventListener("invalid", function (event) {
    event.target.setCustomValidity(sentence(event.target));
  }, true);
  /* A sentence makes a field wrong until it is taken back; Enter, too, clicks the button that sends. */
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button, input[type=submit]");
    Array.prototype.forEach.call(button && button.form ? button.form.elements : [], function (field) {
      if (field.setCustomValidity) { field.setCustomValidity(""); }
    });
  }, true);
  /* A row of links that is wider than the phone starts at the page one is on. */
  Array.prototype.forEach.call(document.querySelectorAll("nav [aria-current]"), function (link) {
    var row = link.closest("nav");
    row.scrollLeft += link.getBoundingClientRect().left - row.getBoundingClientRect().left - 16;
  });
})();
