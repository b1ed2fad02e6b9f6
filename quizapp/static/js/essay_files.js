"use strict";
/* Photos and files of an essay: made smaller on the phone, sent one after the other, again when the network comes back.
   Nothing is called received before the server has said so. `EssayFiles.unsent()` tells how many are still to be sent. */
(function () {
  var LONG_SIDE = 2000;
  var QUALITY = 0.85;
  var SMALL_ENOUGH = 600 * 1024; // bytes; such a photo goes as it is
  var PATIENCE = 120000;
  var WAITS = [2000, 4000, 8000, 15000, 30000];
  var MEBIBYTE = 1024 * 1024;
  // A picture of 2 × 1 that says of itself that it lies on its side.
  var LYING = "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AE//Z";
  var picker = document.getElementById("files-picker");
  var input = document.getElementById("files-input");
  var live = document.getElementById("files-live");
  var field = document.getElementById("essay");
  var list = document.getElementById("files-queue");
  if (!picker || !window.FormData || !window.XMLHttpRequest) return;

  var queue = []; // what is still to be sent, in order
  var running = false;
  var failures = 0;
  var timer = 0;

  if (live) {
    live.hidden = false;
    document.getElementById("files-page").hidden = true;
  }
  document.getElementById("files-send").hidden = true;
  input.multiple = true;

  function speak(text) {
    document.getElementById("files-spoken").textContent = text;
  }

  function token() {
    return document.querySelector("#essay-files-form [name=csrf_token]").value;
  }

  // What is said of each

  function line(name) {
    var item = document.createElement("li");
    var title = document.createElement("strong");
    var state = document.createElement("span");
    var drop = document.createElement("button");
    title.textContent = name;
    drop.type = "button";
    drop.className = "button button--quiet";
    drop.textContent = "Bỏ khỏi danh sách";
    item.appendChild(title);
    item.appendChild(document.createTextNode(" "));
    item.appendChild(state);
    item.appendChild(drop);
    list.appendChild(item);
    return { item: item, state: state, drop: drop };
  }

  function say(entry, text, isBad) {
    entry.line.state.textContent = text;
    entry.line.item.className = isBad ? "is-refused" : "";
  }

  function leave(entry) {
    queue = queue.filter(function (each) { return each !== entry; });
    entry.isOver = true;
    if (entry.request) entry.request.abort();
    if (entry.line.item.parentNode) list.removeChild(entry.line.item);
  }

  function refuse(entry, text) {
    queue = queue.filter(function (each) { return each !== entry; });
    say(entry, text, true);
    speak(text);
  }

  // Making smaller

  function decode(url) {
    return new Promise(function (resolve, reject) {
      var image = new Image();
      image.onload = function () { resolve(image); };
      image.onerror = reject;
      image.src = url;
    });
  }

  function dataUrl(file) {
    return new Promise(function (resolve, reject) {
      var reader = new FileReader();
      reader.onload = function () { resolve(reader.result); };
      reader.onerror = reject;
      reader.readAsDataURL(file);
    });
  }

  /* A canvas forgets which way up the phone was held. Old browsers do not turn the picture before: there it goes as it is. */
  var turns = decode(LYING).then(function (image) { return image.naturalHeight > image.naturalWidth; }, function () { return false; });

  function drawn(image) {
    var scale = Math.min(1, LONG_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    var canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    var context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise(function (resolve) { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
  }

  /* What the phone cannot make smaller the server does. */
  function shrunk(file) {
    if (!/^image\//.test(file.type) || file.size < SMALL_ENOUGH) return Promise.resolve(file);
    return turns.then(function (isAble) { return isAble ? dataUrl(file).then(decode).then(drawn) : null; }).then(
      function (blob) { return blob && blob.size < file.size ? blob : file; },
      function () { return file; });
  }

  // Sending

  function next() {
    clearTimeout(timer);
    if (running || !queue.length) return;
    running = true;
    var entry = queue[0];
    say(entry, "đang chuẩn bị…");
    Promise.resolve(entry.body || shrunk(entry.file)).then(function (body) {
      entry.body = body; // sent again it is the same, and the server knows it
      if (entry.isOver) return done();
      if (body.size > Number(picker.dataset.megabytes) * MEBIBYTE) {
        refuse(entry, "lớn hơn " + picker.dataset.megabytes + " MB nên chưa gửi.");
        return done();
      }
      return send(entry);
    });
  }

  function done() {
    running = false;
    next();
  }

  function send(entry) {
    var form = new FormData();
    var request = new XMLHttpRequest();
    entry.request = request;
    form.append("csrf_token", token());
    form.append("file", entry.body, entry.file.name || "anh.jpg");
    request.open("POST", picker.dataset.url);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = PATIENCE;
    request.upload.onprogress = function (event) {
      if (!event.lengthComputable) return;
      var percent = Math.round(100 * event.loaded / event.total);
      say(entry, percent < 100 ? "đang gửi " + percent + "%" : "đã gửi, chờ máy chủ nhận…");
    };
    request.onload = function () { heard(entry, request.status, read(request.responseText)); };
    request.onerror = function () { again(entry, "mất mạng – chưa gửi được, sẽ tự gửi lại khi có mạng"); };
    request.ontimeout = function () { again(entry, "mạng chậm – chưa gửi được, sẽ tự gửi lại"); };
    request.onabort = done;
    request.send(form);
  }

  function read(text) {
    try {
      return JSON.parse(text) || {};
    } catch (error) {
      return {}; // a log-in page, or a hotspot's
    }
  }

  function heard(entry, status, reply) {
    entry.request = null;
    if (status === 200 && typeof reply.text === "string") {
      takeText(entry, reply.text);
    } else if (status === 200 && typeof reply.html === "string") {
      show(reply);
      leave(entry);
      speak(reply.said || "Đã nhận.");
    } else if (status === 503 || status >= 500) {
      return void again(entry, reply.error ? "máy chủ bận – chưa nhận, sẽ tự gửi lại" : "chưa gửi được, sẽ tự gửi lại");
    } else if (reply.error) {
      refuse(entry, reply.error);
    } else {
      refuse(entry, "chưa gửi được: phiên đăng nhập đã hết. Xin tải lại trang, đăng nhập rồi gửi lại.");
    }
    failures = 0;
    done();
  }

  function again(entry, text) {
    entry.request = null;
    running = false;
    say(entry, text);
    speak(text);
    clearTimeout(timer);
    timer = setTimeout(next, WAITS[Math.min(failures, WAITS.length - 1)] * (0.75 + Math.random() / 2));
    failures += 1;
  }

  /* The text of a Word file goes into the field, from where it is saved like what is typed. */
  function takeText(entry, text) {
    if (!field) {
      leave(entry);
      return;
    }
    var before = field.value.replace(/\s+$/, "");
    var whole = before ? before + "\n\n" + text : text;
    if (whole.length > field.maxLength) {
      refuse(entry, "Cùng với phần đã viết thì dài quá 20.000 ký tự. Xin rút bớt, hoặc chép phần cần dùng rồi dán.");
      return;
    }
    field.value = whole;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    leave(entry);
    speak("Chữ trong tệp Word đã được thêm vào cuối bài viết. Xin đọc lại.");
    field.focus();
  }

  function show(reply) {
    document.getElementById("essay-files").outerHTML = reply.html;
    if (!field) return;
    field.dataset.pages = reply.count;
    field.dispatchEvent(new Event("pages"));
  }

  function add(files) {
    Array.prototype.forEach.call(files, function (file) {
      if (!field && /\.docx$/i.test(file.name)) return void document.getElementById("essay-upload-form").submit();
      var entry = { file: file, line: line(file.name || "Ảnh"), body: null, isOver: false, request: null };
      say(entry, "chờ đến lượt");
      entry.line.drop.addEventListener("click", function () { leave(entry); });
      queue.push(entry);
    });
    next();
  }

  input.addEventListener("change", function () {
    var files = Array.prototype.slice.call(input.files);
    var isForm = !field && files.some(function (file) { return /\.docx$/i.test(file.name); });
    add(files);
    if (!isForm) input.value = ""; // the same file can be chosen once more
  });
  window.addEventListener("online", function () {
    failures = 0;
    next();
  });
  window.addEventListener("beforeunload", function (event) {
    if (!queue.length) return;
    event.preventDefault();
    event.returnValue = "";
  });

  // Putting in order, taking out

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-files-way]");
    if (!button) return;
    event.preventDefault();
    var form = new FormData();
    var request = new XMLHttpRequest();
    form.append("csrf_token", token());
    if (button.name) form.append(button.name, button.value);
    button.disabled = true;
    request.open("POST", button.getAttribute("formaction"));
    request.setRequestHeader("Accept", "application/json");
    request.onloadend = function () {
      var reply = read(request.responseText);
      button.disabled = false;
      if (request.status !== 200 || typeof reply.html !== "string") {
        speak(reply.error || "Chưa làm được: mất mạng hoặc máy chủ bận. Xin bấm lại.");
        var old = document.getElementById("files-trouble");
        if (old) old.parentNode.removeChild(old);
        var trouble = document.createElement("p");
        trouble.id = "files-trouble";
        trouble.className = "notice notice--bad";
        trouble.textContent = document.getElementById("files-spoken").textContent;
        document.getElementById("essay-files").appendChild(trouble);
        return;
      }
      show(reply);
      speak(reply.said);
      document.getElementById("files-title").focus();
    };
    request.send(form);
  });

  window.EssayFiles = { unsent: function () { return queue.length; } };
})();
