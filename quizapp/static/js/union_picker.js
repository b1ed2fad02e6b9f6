"use strict";
/* Pick a union by typing a part of its name: the combobox pattern of ARIA with a list. Without a network, or without
   this file, the text is sent as it was typed and the server answers with a list. */
(function () {
  var LEAST_LETTERS = 2;
  var PAUSE_MS = 250;

  function make(tag, attributes, text) {
    var made = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    if (text) { made.textContent = text; }
    return made;
  }

  function Picker(box) {
    this.url = box.getAttribute("data-union-picker");
    this.input = box.querySelector("input[type=text]");
    this.id = box.querySelector("input[name=union_id]");
    this.asked = box.querySelector("input[name=union_asked]");
    this.found = [];
    this.active = -1;
    this.turn = 0; // answers that come back late are of an older turn
    this.list = make("ul", { id: "union-list", class: "suggestions", role: "listbox", "aria-label": "Các đơn vị có chữ này" });
    this.status = make("p", { class: "hint", role: "status" });
    this.list.hidden = true;
    var field = this.input.parentNode;
    field.appendChild(this.list);
    field.appendChild(this.status);
    var own = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "union-list", autocomplete: "off" };
    Object.keys(own).forEach(function (name) { this.input.setAttribute(name, own[name]); }, this);
    this.input.addEventListener("input", this.typed.bind(this));
    this.input.addEventListener("keydown", this.pressed.bind(this));
    this.input.addEventListener("blur", this.left.bind(this));
    this.input.addEventListener("focus", this.back.bind(this));
    // The list must not take the focus: that would close it before the click arrives.
    this.list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    this.list.addEventListener("click", this.tapped.bind(this));
  }

  Picker.prototype.typed = function () {
    this.id.value = "";
    this.asked.value = "";
    this.turn += 1;
    clearTimeout(this.timer);
    var text = this.input.value.trim();
    if (text.length < LEAST_LETTERS) {
      this.say("");
      this.close();
      return;
    }
    this.timer = setTimeout(this.ask.bind(this, text, this.turn), PAUSE_MS);
  };

  Picker.prototype.ask = function (text, turn) {
    var self = this;
    var mark = this.url.indexOf("?") < 0 ? "?" : "&";
    fetch(this.url + mark + "q=" + encodeURIComponent(text), { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.json();
      })
      .then(function (facts) { if (turn === self.turn) { self.show(facts.unions); } })
      .catch(function () {
        if (turn !== self.turn) { return; }
        self.close();
        self.say("Chưa tìm được vì mạng chập chờn. Bạn cứ gõ tên đơn vị rồi gửi; danh sách sẽ hiện ở bước sau.");
      });
  };

  Picker.prototype.show = function (unions) {
    var list = this.list;
    this.found = unions;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    while (list.firstChild) { list.removeChild(list.firstChild); }
    unions.forEach(function (union, place) {
      var item = make("li", { id: "union-" + place, role: "option", "aria-selected": "false" }, union.name);
      if (union.above) { item.appendChild(make("small", {}, union.above)); }
      list.appendChild(item);
    });
    if (!unions.length) {
      this.close();
      this.say("Không có đơn vị nào có chữ này. Xin thử một phần khác của tên.");
      return;
    }
    list.hidden = false;
    list.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-expanded", "true");
    this.say("Có " + unions.length + " đơn vị. Chạm để chọn, hoặc dùng phím mũi tên và Enter.");
  };

  Picker.prototype.close = function () {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  };

  Picker.prototype.left = function () {
    if (!this.list.hidden) { this.say("Chưa chọn đơn vị. Xin chạm vào ô trên rồi chọn trong danh sách."); }
    this.close();
  };

  Picker.prototype.back = function () { if (!this.id.value) { this.typed(); } };

  Picker.prototype.say = function (text) { this.status.textContent = text; };

  Picker.prototype.move = function (to) {
    var items = this.list.children;
    if (this.active >= 0) { items[this.active].setAttribute("aria-selected", "false"); }
    this.active = (to + items.length) % items.length;
    items[this.active].setAttribute("aria-selected", "true");
    items[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", items[this.active].id);
  };

  Picker.prototype.pick = function (place) {
    var union = this.found[place];
    this.turn += 1;
    this.input.value = union.name;
    this.id.value = union.id;
    this.asked.value = union.name;
    this.close();
    this.say("Đã chọn: " + union.name + (union.above ? ", " + union.above : "") + ".");
  };

  Picker.prototype.pressed = function (event) {
    var open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) {
        if (event.key === "ArrowDown" && !this.id.value) { this.typed(); }
        return;
      }
      event.preventDefault();
      if (event.key === "ArrowDown") { this.move(this.active + 1); }
      else { this.move(this.active < 0 ? this.found.length - 1 : this.active - 1); }
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault(); // Enter picks; only the next one sends the form
      this.pick(this.active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  };

  Picker.prototype.tapped = function (event) {
    var item = event.target;
    while (item && item.parentNode !== this.list) { item = item.parentNode; }
    if (item) { this.pick(Array.prototype.indexOf.call(this.list.children, item)); }
  };

  Array.prototype.forEach.call(document.querySelectorAll("[data-union-picker]"), function (box) {
    if (box.getAttribute("data-union-picker") && window.fetch) { new Picker(box); }
  });
})();
