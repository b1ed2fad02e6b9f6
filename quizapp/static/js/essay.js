"use strict";

/* The essay of a paper: counts its words, and hands what is written to a courier of its own as slot 0. It is written down
   a second after the last key, while one goes on typing every few seconds, and at once when the page may go. */
window.Essay = function (field, attempt, provisional, journal, now, report) {
  const PAUSE = 1000;
  const LONGEST = 5000;
  const SLOT = 0;
  const NEAR = 0.9;
  const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/; // as the server parts words
  const LETTER = letter();
  const facts = field.dataset;
  const least = Number(facts.least) || 0;
  const most = Number(facts.most) || Infinity;
  const place = (id) => document.getElementById(id);
  let number = provisional;
  let kept = field.value; // what the courier has, or the server
  let timer = 0;
  let since = 0; // when the first key was pressed that is not written down
  let said = "";
  let hasTyped = false;

  const count = () => field.value.split(BLANKS).filter((word) => LETTER.test(word)).length;
  const isDirty = () => field.value !== kept;
  const figure = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ".");

  /* A dash alone is no word. Phones that know no classes of letters call every sign beyond punctuation one. */
  function letter() {
    try {
      return new RegExp("[\\p{L}\\p{N}]", "u");
    } catch (error) {
      return /[0-9A-Za-z\u00aa-\u1fff\u2c00-\uffff]/;
    }
  }

  function length() {
    const words = count();
    const pages = Number(facts.pages) ? [`${facts.pages} trang ảnh`] : [];
    const parts = words ? pages.concat(`${figure(words)}${most < Infinity ? `/${figure(most)}` : ""} ${facts.unit}`) : pages;
    return parts.join(" và ") || "chưa viết";
  }

  function warning() {
    const words = count();
    const room = field.maxLength - field.value.length;
    if (words > most) {
      return `Dài hơn quy định ${figure(words - most)} ${facts.unit}. Bài vẫn được lưu; xin rút bớt trước khi nộp.`;
    }
    if (room <= 0) return "Đã đủ 20.000 ký tự: phần viết hoặc dán thêm không được nhận. Xin rút bớt.";
    if (room < field.maxLength * (1 - NEAR)) return `Chỉ còn chỗ cho ${figure(room)} ký tự.`;
    if (words === most) return `Đã đủ ${figure(most)} ${facts.unit}.`;
    if (words >= most * NEAR) return `Sắp hết: còn ${figure(most - words)} ${facts.unit}.`;
    return "";
  }

  /* Too short is said only where it helps: before handing in. */
  function check() {
    const words = count();
    if (words && words < least) return `Còn ngắn: quy định ít nhất ${figure(least)} ${facts.unit}.`;
    return warning();
  }

  function paint() {
    if (field.scrollHeight > field.clientHeight) field.style.height = `${field.scrollHeight + 48}px`;
    const item = place("map-essay");
    const isWritten = Boolean(count() || Number(facts.pages));
    item.classList.toggle("is-answered", isWritten);
    item.querySelector("span").textContent = isWritten ? ", đã viết" : ", chưa viết";
    place("essay-count").textContent = length();
    const text = warning();
    place("essay-warning").textContent = text;
    // Spoken when the kind of warning changes, not at every word.
    const kind = text.replace(/[\d.]+/g, "");
    if (kind !== said) place("essay-spoken").textContent = text;
    said = kind;
  }

  /* Write down what stands in the field. */
  function commit() {
    clearTimeout(timer);
    since = 0;
    if (isDirty()) write();
  }

  function write() {
    hasTyped = true;
    kept = field.value;
    number += 1;
    courier.add({ attempt, slot: SLOT, number, answer: kept, flagged: false, written_at: Math.round(now()) });
  }

  function typed() {
    paint();
    if (!isDirty()) return;
    report("saving");
    since = since || Date.now();
    clearTimeout(timer);
    timer = setTimeout(commit, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  }

  field.addEventListener("pages", paint); // photos came or went
  field.addEventListener("input", typed);
  field.addEventListener("change", commit);
  field.addEventListener("blur", commit);
  // Before the courier's own: what is written down now goes out with the same event.
  window.addEventListener("pagehide", commit);
  window.addEventListener("beforeunload", commit);
  document.addEventListener("visibilitychange", () => document.hidden && commit());
  const courier = window.Courier(facts.url, journal, report);

  function show(text) {
    if (field.value !== text) field.value = text; // the caret stays where nothing changes
    kept = field.value;
    paint();
  }

  /* What only this phone has stands in the field before the first key: nobody types over it unseen. */
  field.readOnly = true;
  const ready = journal
    .then((opened) => opened.of(attempt))
    .catch(() => [])
    .then((rows) => {
      const row = rows.find((each) => each.slot === SLOT);
      if (row) compare(row, { number: Number(facts.number), answer: field.value });
      field.readOnly = false;
    });

  /* A row of the journal is shown and sent where it is newer; otherwise it is sent to be kept among the revisions. */
  function compare(row, stored) {
    const isNews = row.number > stored.number;
    if (isNews) show(row.answer || "");
    if (isNews) courier.restore(row);
    else if (row.answer !== stored.answer) courier.restore(row, "older");
    else journal.then((opened) => opened.remove([row])).catch(() => {});
  }

  /* The page has the attempt, and knows what is stored of it now. */
  function open(stored, base) {
    return ready.then(() => {
      commit(); // what was typed before the server knew the page
      number = base;
      const held = courier.pending.get(SLOT);
      if (stored && !(held && held.number > stored.number)) {
        if (hasTyped) write(); // somebody was there in between: the page that was opened last wins
        else yieldTo(stored, held);
      }
      courier.open(base);
    });
  }

  function yieldTo(stored, held) {
    if (held) courier.pending.delete(SLOT);
    if (held) courier.restore(held, "older");
    show(stored.answer || "");
  }

  paint();
  return {
    open, show, commit, check, length, courier,
    isUnsent: () => isDirty() || courier.unsent().length > 0,
  };
};
