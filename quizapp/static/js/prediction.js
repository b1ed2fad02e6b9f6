"use strict";

/* The guess at a number of people: kept in the phone until the server has it, sent at each pause and when the field is
   left. `isGone(reply)` is told when another page has the attempt. */
window.Prediction = function (field, attempt, isGone) {
  const PAUSE = 700; // milliseconds without a key until what is typed is kept
  const TRIES = [1000, 2000, 4000, 8000, 15000];
  const PLACE = `prediction-${attempt}`;
  const state = document.getElementById("prediction-state");
  let opening = null;
  let acknowledged = field.value;
  let timer = 0;
  let failures = 0;
  let running = null;

  const value = () => field.value.replace(/[\s.]/g, "");
  const isNumber = () => /^\d{0,9}$/.test(value());
  const isUnsent = () => value() !== acknowledged;

  function hold(text) {
    try {
      if (text === null) window.localStorage.removeItem(PLACE);
      else window.localStorage.setItem(PLACE, text);
    } catch (error) {
      // A browser without storage keeps it on the page only.
    }
  }

  function held() {
    try {
      return window.localStorage.getItem(PLACE);
    } catch (error) {
      return null;
    }
  }

  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }

  function note() {
    hold(value());
    if (isNumber()) sendIn(PAUSE);
    else say("Xin chỉ ghi một số nguyên, ví dụ 1250, không ghi thêm chữ.");
  }

  function sendIn(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds);
  }

  /* Resolves with whether the server has what stands in the field. */
  function send() {
    clearTimeout(timer);
    if (!isUnsent()) return Promise.resolve(true);
    if (opening === null || !isNumber()) return Promise.resolve(false);
    if (!running) running = deliver().then((done) => { running = null; return done; });
    return running;
  }

  async function deliver() {
    const sent = value();
    say("Đang lưu…");
    try {
      const response = await fetch(field.dataset.url, {
        method: "PUT",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ opening, prediction: sent ? Number(sent) : null }),
        credentials: "same-origin",
        redirect: "manual",
        keepalive: true,
      });
      const reply = await response.json();
      if (response.status !== 200 || !("taken_over" in reply)) return failed(reply.error, response.status);
      if (reply.taken_over) {
        isGone();
        return false;
      }
    } catch (error) {
      return failed();
    }
    acknowledged = sent;
    failures = 0;
    if (isUnsent()) return deliver();
    hold(null);
    say(sent ? "Đã lưu dự đoán." : "Chưa ghi dự đoán.");
    return true;
  }

  function failed(reason, status) {
    say(reason || "Chưa lưu dự đoán – máy sẽ tự gửi lại");
    if (status !== 409 && status !== 422) sendIn(TRIES[Math.min(failures, TRIES.length - 1)] * (0.75 + Math.random() / 2));
    failures += 1;
    return false;
  }

  /* What this phone could not send is newer than what the server has. */
  function open(base, stored) {
    const mine = held();
    const isTyping = isUnsent() || document.activeElement === field;
    acknowledged = stored === null || stored === undefined ? "" : String(stored);
    if (!isTyping) field.value = mine === null ? acknowledged : mine;
    opening = base;
    send();
  }

  field.addEventListener("input", note);
  field.addEventListener("change", send);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the key that ends the line must not hand in
    field.blur();
  });
  window.addEventListener("online", send);
  window.addEventListener("pagehide", send);

  return { open, flush: send, isUnsent, isAnswered: () => Boolean(value()) };
};
