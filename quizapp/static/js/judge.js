"use strict";

/* The judge's desk: keeps the draft, counts the total, and works by keyboard. Without this script it is a plain form. */
(function () {
  const form = document.getElementById("assessment");
  const saving = document.getElementById("saving");
  const fields = form && form.querySelector("fieldset");
  if (!form || fields.disabled || !window.fetch) return;
  const WAIT = 1200;
  const AGAIN = 5000;
  const criteria = Array.from(form.querySelectorAll(".criterion"));
  let changed = 0;
  let running = false;
  let leaving = false;
  let timer = 0;

  function say(state, text) {
    saving.dataset.state = state;
    if (saving.textContent !== text) saving.textContent = text;
  }

  function values() {
    const found = {};
    Array.from(form.elements).forEach((each) => {
      const picked = (each.type !== "radio" && each.type !== "checkbox") || each.checked;
      if (each.name && each.name !== "csrf_token" && each.name !== "action" && picked) found[each.name] = each.value;
    });
    return found;
  }

  const number = (text) => (/^\s*\d{1,3}([.,]\d{1,2})?\s*$/.test(text || "") ? parseFloat(text.replace(",", ".")) : NaN);

  function count() {
    const now = values();
    const marks = criteria.map((each) => number(now[`mark-${each.id}`]));
    const sum = marks.reduce((all, each) => all + each, 0);
    const scale = Number(form.dataset.scale) || 1;
    document.getElementById("total").textContent = Number.isNaN(sum) ? "…" : String(Math.round(sum * scale * 100) / 100).replace(".", ",");
  }

  function showProblems(problems) {
    criteria.forEach((each) => {
      const place = each.querySelector("[data-problem]");
      place.textContent = problems[each.id] || "";
      place.hidden = !problems[each.id];
    });
  }

  async function keep() {
    clearTimeout(timer);
    if (running || leaving || !changed) return;
    running = true;
    const before = changed;
    say("saving", "Đang lưu…");
    let status = 0;
    let reply = {};
    try {
      const response = await fetch(form.dataset.draftUrl, {
        method: "PUT",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(values()),
        credentials: "same-origin",
      });
      status = response.status;
      reply = await response.json();
    } catch (error) { status = 0; }
    running = false;
    if (leaving) return;
    if (status === 200 && reply.saved_at) {
      if (changed === before) changed = 0;
      showProblems(reply.problems);
      const at = new Date(reply.saved_at).toLocaleTimeString("vi-VN", { hour12: false });
      say("saved", `${reply.finished ? "Đã chấm xong, đã lưu" : "Đã lưu nháp"} lúc ${at}`);
      if (changed) later(WAIT);
    } else if (status && status < 500 && reply.error) {
      say("offline", reply.error);
    } else {
      say("offline", "Chưa lưu được; sẽ tự thử lại. Xin đừng đóng trang.");
      later(AGAIN);
    }
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }

  function note() {
    changed += 1;
    count();
    say("saving", "Đang lưu…");
    later(WAIT);
  }

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("online", () => later(0));
  window.addEventListener("pagehide", () => { leaving = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });

  /* By keyboard: a digit picks that level of the criterion one stands in (the first that is open when in none). */
  function current() {
    const inside = document.activeElement && document.activeElement.closest(".criterion");
    return inside || criteria.find((each) => !each.querySelector("input:checked")) || criteria[0];
  }

  function pick(digit) {
    const criterion = current();
    const level = criterion.querySelectorAll("input[type=radio]")[digit - 1];
    if (!level) return false;
    level.checked = true;
    level.focus();
    note();
    return true;
  }

  const typing = (element) => element.tagName === "TEXTAREA" || (element.tagName === "INPUT" && element.type === "text");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      document.getElementById("finish").click();
    } else if (/^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey && !typing(event.target)) {
      if (pick(Number(event.key))) event.preventDefault();
    }
  });

  count();
  const first = criteria.find((each) => !each.querySelector("input:checked"));
  if (first && !document.querySelector("[data-focus]")) first.querySelector("input").focus({ preventScroll: true });
})();
