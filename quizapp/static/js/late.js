"use strict";

/* After the close: what this phone still holds of the attempt is handed over as evidence, and the person is told. */
(function () {
  const place = document.getElementById("late");
  const attempt = place.dataset.journal;
  const WAIT = 30000;
  let busy = false;
  let timer = 0;
  if (!window.fetch || !window.Journal) return;
  const opened = window.Journal.open();

  function say(text) {
    if (place.textContent !== text) place.textContent = text;
    place.hidden = false;
  }

  async function handOver() {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    const journal = await opened;
    const rows = await journal.of(attempt).catch(() => []);
    if (rows.length) await bring(journal, rows);
    busy = false;
  }

  async function bring(journal, rows) {
    const status = await fetch(place.dataset.responsesUrl, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ opening: 0, changes: rows }),
      credentials: "same-origin",
    }).then((response) => response.json().then((reply) => (reply.error ? response.status : 0)), () => 0).catch(() => 0);
    if (status === 409) {
      await journal.remove(rows).catch(() => {});
      say(`Máy này còn giữ ${rows.length} câu trả lời chưa kịp gửi trước giờ đóng; nay đã gửi xong. ` +
        "Những câu này không tự được tính điểm: hệ thống lưu riêng để Ban tổ chức xem xét.");
      return;
    }
    say(`Máy này còn giữ ${rows.length} câu trả lời chưa kịp gửi trước giờ đóng. Khi có mạng, máy sẽ tự gửi ` +
      "để Ban tổ chức xem xét; xin giữ trang này mở hoặc mở lại sau.");
    timer = setTimeout(handOver, WAIT);
  }

  window.addEventListener("online", handOver);
  document.addEventListener("visibilitychange", () => document.hidden || handOver());
  handOver();
})();
