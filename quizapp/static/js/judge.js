"use strict";

/* The judge's desk: keeps the draft, counts the total, and works by keyboard. Without this script it is a plain form.
   A form without data-draft-url (trial marking) keeps nothing before it is sent. */
(function () {
  const form = document.getElementById("assessment");
  const saving = document.getElementById("saving");
  const fields = form && form.querySelector("fieldset");

  /* Alt+↑ and Alt+↓ walk through the queue, in a locked essay, too. */
  let leave = (address) => { window.location.href = address; };
  const ways = { ArrowUp: document.querySelector(".judging a[rel=prev]"), ArrowDown: document.querySelector(".judging a[rel=next]") };
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !(event.key in ways)) return;
    event.preventDefault();
    if (ways[event.key]) leave(ways[event.key].href);
  });
  if (!form || fields.disabled || !window.fetch) return;
  const WAIT = 1200;
  const AGAIN = 5000;
  const MOST_UNHEARD = 5;
  const APART = ["csrf_token", "action", "seen", "unheard"];
  const criteria = Array.from(form.querySelectorAll(".criterion"));
  const total = document.getElementById("total");
  let changed = 0;
  let running = false;
  let leaving = false;
  let timer = 0;
  let unheard = []; /* what was sent without an answer: it may have been kept all the same */

  function say(state, text) {
    saving.dataset.state = state;
    if (saving.textContent !== text) saving.textContent = text;
  }

  function values() {
    const found = {};
    Array.from(form.elements).forEach((each) => {
      const picked = (each.type !== "radio" && each.type !== "checkbox") || each.checked;
      if (each.name && !APART.includes(each.name) && picked) found[each.name] = each.value;
    });
    return found;
  }

  /* What this page knows of goes along, so that an older page does not write over a newer one. */
  function sent() {
    const fresh = values();
    const all = Object.assign({}, fresh, { seen: form.elements.seen.value, unheard: form.elements.unheard.value });
    unheard = unheard.concat([fresh]).slice(-MOST_UNHEARD);
    form.elements.unheard.value = JSON.stringify(unheard);
    return JSON.stringify(all);
  }

  function heard(version) {
    if (version) unheard = [];
    else unheard.pop(); /* refused: it was not kept */
    form.elements.unheard.value = unheard.length ? JSON.stringify(unheard) : "";
    if (version) form.elements.seen.value = version;
  }

  const number = (text) => (/^\s*\d{1,3}([.,]\d{1,2})?\s*$/.test(text || "") ? parseFloat(text.replace(",", ".")) : NaN);

  function count() {
    const now = values();
    const marks = criteria.map((each) => number(now[`mark-${each.id}`]));
    const sum = marks.reduce((all, each) => all + each, 0);
    const scale = Number(form.dataset.scale) || 1;
    if (total) total.textContent = Number.isNaN(sum) ? "…" : String(Math.round(sum * scale * 100) / 100).replace(".", ",");
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
    if (!form.dataset.draftUrl || running || leaving || !changed) return;
    running = true;
    const before = changed;
    say("saving", "Đang lưu…");
    let status = 0;
    let reply = {};
    try {
      const response = await fetch(form.dataset.draftUrl, {
        method: "PUT",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: sent(),
        credentials: "same-origin",
      });
      status = response.status;
      reply = await response.json();
    } catch (error) { status = 0; }
    running = false;
    if (status === 200 && reply.version) heard(reply.version);
    else if (status && status < 500) heard("");
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
    if (!form.dataset.draftUrl) return;
    say("saving", "Đang lưu…");
    later(WAIT);
  }

  /* Another essay only when this one is kept: what could not be kept stays before one's eyes. */
  leave = async (address) => {
    for (let tries = 0; changed && form.dataset.draftUrl && tries < 40; tries += 1) {
      if (running) await new Promise((wake) => { setTimeout(wake, 250); });
      else {
        await keep();
        if (saving.dataset.state === "offline") return;
      }
    }
    if (!changed) window.location.href = address;
  };
  Object.values(ways).forEach((link) => {
    if (link) link.addEventListener("click", (event) => {
      if (!changed || !form.dataset.draftUrl || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      leave(link.href);
    });
  });

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
