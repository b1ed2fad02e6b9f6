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
    const answers = rows.filter((row) => row.slot > 0);
    const essay = rows.filter((row) => row.slot === 0);
    const said = [];
    if (answers.length) said.push(await bring(journal, answers, place.dataset.responsesUrl, `${answers.length} câu trả lời`));
    if (essay.length) said.push(await bring(journal, essay, place.dataset.essayUrl, "bài viết"));
    if (said.length) say(said.join(" "));
    busy = false;
  }

  /* Return what the person is told of it. */
  async function bring(journal, rows, url, what) {
    const status = await fetch(url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ opening: 0, changes: rows }),
      credentials: "same-origin",
    }).then((response) => response.json().then((reply) => (reply.error ? response.status : 0)), () => 0).catch(() => 0);
    if (status === 409) {
      await journal.remove(rows).catch(() => {});
      return `Máy này còn giữ ${what} chưa kịp gửi trước giờ đóng; nay đã gửi xong. ` +
        "Phần này không tự được tính điểm: hệ thống lưu riêng để Ban tổ chức xem xét.";
    }
    timer = setTimeout(handOver, WAIT);
    return `Máy này còn giữ ${what} chưa kịp gửi trước giờ đóng. Khi có mạng, máy sẽ tự gửi ` +
      "để Ban tổ chức xem xét; xin giữ trang này mở hoặc mở lại sau.";
  }

  window.addEventListener("online", handOver);
  document.addEventListener("visibilitychange", () => document.hidden || handOver());
  handOver();
})();
