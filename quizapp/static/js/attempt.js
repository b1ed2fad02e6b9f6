"use strict";

/* The paper: shows what is answered, writes down what is tapped, keeps the time, hands in. What is sent, and when, is
   the courier's affair; what survives, the journal's.

   Which answer wins. The server numbers openings: each page that takes the attempt over gets a base far above all
   numbers before it, and a slot keeps the change with the highest number. A change found in the journal keeps the
   number that it was written with, so that the page that was opened later wins, slot by slot, whichever of the two
   the server hears first; no clock decides. What the later page has not touched is filled from the journal. Until its
   base is known a page counts from the upper half of the block that it was drawn in: above all that was stored then,
   below whoever takes over afterwards. */
(function () {
  const $ = (id) => document.getElementById(id);
  const paper = $("paper");
  // Where something is missing the paper stays what it is without JavaScript: a form with two buttons.
  if (!window.fetch || !window.AbortController || !window.Promise || !window.Journal || !window.Courier || !window.SittingClock) return;
  if ($("essay") && !window.Essay) return;
  if ($("prediction") && !window.Prediction) return;

  const facts = paper.dataset;
  const attempt = facts.journal; // not the bare id: an install that was begun anew gives ids a second time
  const questions = Array.from(paper.querySelectorAll(".question"));
  // Where questions come one after the other this page has one of them, and its clock is that question's.
  const walk = facts.slot ? { slot: Number(facts.slot), last: Number(facts.lastSlot) } : null;
  const hasNext = Boolean(walk) && walk.slot < walk.last;
  const SHORT = walk ? 10 : 60;
  const SPOKEN = walk ? [60, 30, 10] : [300, 60];
  const LEFT = walk ? `Câu ${walk.slot}/${walk.last}, còn` : "Còn lại";
  const NEXT = 150; // milliseconds from the end of a question until the next is asked for
  const PAUSE = 700; // milliseconds without a key until what is typed is kept
  const OUT_OF_REACH = 20 * 24 * 3600000; // an end that far off may be a pause's
  const TRIES = [1000, 2000, 4000, 8000, 15000];
  const WORK = $("essay") ? "bài làm" : "câu trả lời";
  const OFFLINE = `Mất mạng – ${WORK} vẫn được giữ trong máy, sẽ tự gửi khi có mạng`;
  const OFFLINE_FORGETFUL = `Mất mạng – xin đừng đóng trang này; ${WORK} sẽ tự gửi khi có mạng`;
  const COUNTED = $("essay") ? "Những gì đã lưu đều được tính." : "Những câu đã lưu đều được tính.";
  const WORST = ["closed", "stranger", "missed", "log-in", "offline", "busy", "refused", "saving", "saved"];

  const opened = window.Journal.open();
  let isDurable = true;
  opened.then((journal) => { isDurable = journal.isDurable; });
  // Before the courier's own: what is noted now goes out with the same event.
  window.addEventListener("pagehide", () => noteAll());
  window.addEventListener("beforeunload", () => noteAll());
  document.addEventListener("visibilitychange", () => { if (document.hidden) noteAll(); });
  const courier = window.Courier(facts.responsesUrl, opened, report);
  let essay = null;
  const last = { answers: "saved", essay: "saved" }; // how the latest delivery of each went
  let number = Number(facts.provisional);
  const typing = new Map(); // question → when its last key fell, while what is typed there is not noted yet
  let isOver = false; // the time, by the server's clock
  let isTaken = false; // by another page
  let isForeign = false; // another person is logged in
  let isLeaving = false;
  let isHandingIn = false;
  let isPaused = false; // all of the contest
  let isMoving = false; // to the next question

  /* The server's time, by a clock that nobody can set. */
  const clock = {
    ahead: Number(facts.nowMs) - (performance.timing.responseStart - performance.timing.navigationStart),
    error: Infinity,
    closesAt: Number(facts.questionEndsAtMs || facts.closesAtMs),
    now: () => performance.now() + clock.ahead,
    learn(reply, times) {
      if (!reply.server_now_ms) return;
      const closesAt = reply.question_ends_at_ms || reply.closes_at_ms;
      if (closesAt !== clock.closesAt && !("paused" in reply) && !hasMoved(reply)) asking.ask();
      clock.closesAt = closesAt;
      const error = (times.receivedAt - times.sentAt) / 2;
      // A slow reply says less than a quick one did; but a device that slept has lost its count.
      if (error > clock.error * 2 && Math.abs(reply.server_now_ms - clock.now()) < 2 * error) return;
      clock.ahead = reply.server_now_ms - times.sentAt - error;
      clock.error = error;
    },
  };

  if ($("essay")) {
    essay = window.Essay($("essay"), attempt, number, opened, clock.now, (outcome, reply, times) =>
      report(outcome, reply, times, "essay"));
  }

  const guess = $("prediction") ? window.Prediction($("prediction"), attempt, () => giveUp()) : null;
  const mustAnswerAll = Boolean(facts.mustAnswerAll) && !walk; // what is over stays blank

  /* Organisers may give more time, or pause everything, while somebody sits. */
  const asking = window.SittingClock(facts.clockUrl, (reply, times) => {
    clock.learn(reply, times);
    if (hasMoved(reply)) return openNext(reply);
    isPaused = reply.paused;
    tell(reply);
    if (isOver && clock.closesAt > clock.now()) reopen();
    tick();
    plan();
  });

  /* The end of a question needs no asking before it: the server says there what is next. The end of a pause does. */
  function plan() {
    asking.plan(walk ? Infinity : clock.closesAt - clock.now(), Boolean(walk) && isPaused);
  }

  function tell(reply) {
    let text = "";
    if (reply.paused) text = `Cuộc thi đang tạm dừng: ${reply.notice}. Giờ làm bài không trôi, bài làm vẫn được lưu; xin giữ trang này mở.`;
    else if (reply.notice && reply.notice_at_ms > Number(facts.nowMs)) text = reply.notice;
    if ($("told").textContent === text) return;
    $("told").textContent = text;
    $("told").hidden = !text;
    if (text) speak(text);
  }

  // What stands on the paper

  const slotOf = (question) => Number(question.dataset.slot);
  const boxesOf = (question) => Array.from(question.querySelectorAll(".option input"));
  const flagOf = (question) => question.querySelector(".flag input");
  const fieldOf = (question) => question.querySelector(".typed input");

  function read(question) {
    const field = fieldOf(question);
    const chosen = boxesOf(question).filter((box) => box.checked).map((box) => box.value).join(",");
    return { slot: slotOf(question), answer: (field ? field.value.trim() : chosen) || null, flagged: flagOf(question).checked };
  }

  function show(question, state) {
    const answer = (state && state.answer) || "";
    const field = fieldOf(question);
    // What is being typed is not typed over by what the server had.
    if (field && !typing.has(question)) field.value = answer;
    boxesOf(question).forEach((box) => { box.checked = answer.split(",").includes(box.value); });
    flagOf(question).checked = Boolean(state && state.flagged);
    if (field) judge(field);
  }

  /* As the server reads numbers; it judges, this only warns. */
  const NUMBER = /^[+\-−]?(\d[\d\s.,]*|[.,]\d+)%?$/;

  function judge(field) {
    const problem = field.closest(".question").querySelector(".typed__problem");
    if (problem) problem.hidden = document.activeElement === field || !field.value.trim() || NUMBER.test(field.value.trim());
  }

  function paint() {
    const states = questions.map(read);
    states.forEach((state) => {
      const item = $(`map-${state.slot}`);
      item.classList.toggle("is-answered", Boolean(state.answer));
      item.classList.toggle("is-flagged", state.flagged);
      item.querySelector("span").textContent =
        (state.answer ? ", đã trả lời" : ", chưa trả lời") + (state.flagged ? ", cần xem lại" : "");
    });
    $("answered").textContent = states.filter((state) => state.answer).length;
    return states;
  }

  function note(question) {
    const typed = typing.get(question) || { at: clock.now() };
    clearTimeout(typed.timer);
    typing.delete(question);
    number += 1;
    courier.add(Object.assign(read(question), { attempt, number, written_at: Math.round(typed.at) }));
    paint();
  }

  paper.addEventListener("change", (event) => {
    const question = event.target.closest(".question");
    if (question && !event.target.closest(".typed")) note(question);
  });

  // What is typed is kept at each pause, and at once when the field or the page is left.

  paper.addEventListener("input", (event) => {
    const field = event.target.closest(".question .typed input");
    if (!field) return;
    const question = field.closest(".question");
    clearTimeout((typing.get(question) || {}).timer);
    typing.set(question, { at: clock.now(), timer: setTimeout(() => note(question), PAUSE) });
    judge(field);
    report("saving");
  });
  paper.addEventListener("focusout", (event) => {
    const field = event.target.closest(".question .typed input");
    if (!field) return;
    if (typing.has(field.closest(".question"))) note(field.closest(".question"));
    judge(field);
  });
  // The key that ends the line must not hand in.
  paper.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.closest(".question .typed input")) return;
    event.preventDefault();
    event.target.blur();
  });
  function noteAll() {
    Array.from(typing.keys()).forEach(note);
  }

  function lock() {
    $("answers").disabled = isOver || isTaken;
  }

  // What is said

  function say(state, text) {
    const place = $("saving");
    place.dataset.state = state;
    if (place.textContent !== text) place.textContent = text;
  }

  function trouble(text, way, url) {
    $("trouble-text").textContent = text;
    $("trouble-way").hidden = !way;
    $("trouble-way").textContent = way || "";
    if (url) $("trouble-way").href = url;
    $("trouble").hidden = !text;
  }

  /* Interface times are Vietnam's, whatever the phone believes about its place. */
  const timeOfDay = (milliseconds) => new Date(milliseconds + 7 * 3600000).toISOString().slice(11, 19);

  const worst = (outcomes) => WORST.find((each) => outcomes.includes(each));

  /* Answers and essay travel apart; “saved” is said when both are. */
  function together(outcome, from) {
    last[from] = outcome === "missed" ? "saved" : outcome; // what was in time is stored, nothing waits any more
    const waiting = { answers: courier.unsent().length > 0 || typing.size > 0, essay: essay && essay.isUnsent() };
    const states = Object.keys(last).filter((each) => waiting[each]).map((each) => (last[each] === "saved" ? "saving" : last[each]));
    return worst(states.concat(last[from]));
  }

  function report(outcome, reply, times, from = "answers") {
    if (reply) clock.learn(reply, times);
    if (walk && reply && reply.taken_over) giveUp();
    if (reply && hasMoved(reply)) openNext(reply);
    const whole = together(outcome, from);
    if (whole === "saving") say("saving", "Đang lưu…");
    if (whole === "saved") say("saved", `Đã lưu lúc ${timeOfDay(reply.server_now_ms)}`);
    if (whole === "offline") say("offline", isDurable ? OFFLINE : OFFLINE_FORGETFUL);
    if (whole === "busy") say("busy", "Máy chủ bận – sẽ thử lại");
    if (outcome === "saved" && reply.taken_over) giveUp();
    else if (outcome === "saved" && !isOver) trouble("");
    if (outcome === "missed" && !isLeaving && !isTaken) trouble(reply.error); // of a question before this one, out of the journal
    if (outcome === "refused") trouble(`${reply.error} ${from === "essay" ? "Bài viết" : "Câu trả lời"} này chưa được lưu.`);
    if (outcome === "log-in") logIn(reply.error);
    if (outcome === "stranger") hideFrom();
    if (outcome === "closed") leaveFor(facts.resultUrl);
    if (isOver && held() && (outcome === "offline" || outcome === "busy")) explainLate();
    tick();
  }

  /* What this phone has and the server may not, in words; nothing: all is saved. */
  function held() {
    const unsent = new Set(Array.from(courier.pending.keys()).concat(Array.from(typing.keys()).map(slotOf))).size;
    const parts = unsent ? [`${unsent} câu`] : [];
    if (essay && (essay.isUnsent() || essay.courier.pending.size)) parts.push("bài viết");
    if (guess && guess.isUnsent()) parts.push("câu dự đoán");
    return parts.join(" và ");
  }

  function logIn(text) {
    say("offline", "Chưa lưu – cần đăng nhập lại");
    trouble(text || "Phiên đăng nhập đã hết. Câu trả lời vẫn được giữ trong máy; xin đăng nhập lại để gửi tiếp.",
      "Đăng nhập lại", facts.logInUrl);
  }

  /* Another page has the attempt. A change made here would lose against it, so none may be made. */
  function giveUp() {
    noteAll(); // it loses where the other page has answered, and counts elsewhere
    if (essay) essay.commit(); // it is kept among the revisions, if it is not the newest
    isTaken = true;
    lock();
    closeCheck();
    trouble("Bài thi đang được làm trên máy khác hoặc ở cửa sổ khác. Câu nào đã trả lời bên đó thì theo bên đó, " +
      "các câu còn lại vẫn giữ như ở đây." + (essay ? " Bài viết ở đây được giữ trong các bản đã lưu." : ""),
      "Tiếp tục trên máy này", facts.showUrl);
  }

  // Questions that come one after the other

  const TOLD = `missed-${attempt}`;

  const hasMoved = (reply) => Boolean(walk && reply.at_slot && reply.at_slot !== walk.slot) && !isTaken && !isHandingIn;

  /* The next question is for a page that is drawn anew; what is to be said of this one is said there. */
  function openNext(reply) {
    if (isLeaving) return;
    try {
      if (reply.error) window.sessionStorage.setItem(TOLD, reply.error);
    } catch (error) {
      // A browser without storage says nothing of it; the answer is not counted all the same.
    }
    leaveFor(facts.showUrl);
  }

  function tellMissed() {
    try {
      const text = window.sessionStorage.getItem(TOLD);
      window.sessionStorage.removeItem(TOLD);
      if (!text) return;
      $("told").textContent = text;
      $("told").hidden = false;
      speak(text);
    } catch (error) {
      // As above.
    }
  }

  async function moveOn() {
    const next = $("next");
    if (isMoving || isOver || isTaken) return;
    isMoving = true;
    next.setAttribute("aria-disabled", "true");
    const reason = await tryToMoveOn();
    if (!reason || isLeaving) return;
    isMoving = false;
    next.removeAttribute("aria-disabled");
    trouble(reason);
  }

  /* Return why it did not work, or nothing: then the page is being left. */
  async function tryToMoveOn() {
    const failed = "Chưa chuyển được câu: mất mạng hoặc máy chủ bận. Xin bấm lại; hết giờ câu này thì trang tự chuyển.";
    if ((await flush()) !== "saved" || held()) return failed;
    if (isTaken) return "Bài thi đang được làm trên máy khác.";
    try {
      const response = await post(facts.questionsUrl, { leaving: walk.slot });
      const reply = await response.json();
      if (response.status !== 200 || !reply.at_slot) return reply.error || failed;
      openNext(reply);
    } catch (error) {
      return failed;
    }
    return "";
  }

  /* Somebody else is logged in on this phone now: not even what is on the screen is for them. */
  function hideFrom() {
    noteAll(); // for the owner, in the journal
    isForeign = true;
    questions.forEach((question) => show(question, null));
    if (essay) essay.show("");
    if (guess) $("prediction").value = "";
    $("answers").hidden = true;
    say("offline", "");
    closeCheck();
    trouble("Bài thi này không thuộc tài khoản đang đăng nhập. Câu trả lời chưa gửi vẫn được giữ cho chủ bài thi.",
      "Đăng nhập bằng tài khoản khác", facts.logInUrl);
  }

  function explainLate() {
    if (hasNext) {
      return trouble("Hết giờ câu này và đang mất mạng: xin giữ trang này mở, có mạng lại thì trang tự mở câu đang đến lượt. " +
        `Máy còn giữ ${held()} chưa gửi được; những gì đến muộn được lưu riêng để Ban tổ chức xem xét.`);
    }
    trouble(`Hết giờ làm bài. ${COUNTED} Máy còn giữ ${held()} chưa gửi được: xin giữ trang này ` +
      "mở, khi có mạng máy sẽ tự gửi. Những gì đến sau giờ đóng được lưu riêng để Ban tổ chức xem xét.");
  }

  function leaveFor(url) {
    isLeaving = true;
    window.location.replace(url);
  }

  // Taking the attempt over

  function post(url, sent = {}) {
    const token = document.querySelector("meta[name=csrf-token]").content;
    return fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(sent),
      credentials: "same-origin",
      redirect: "manual",
    });
  }

  async function takeOver(tries) {
    const sentAt = performance.now();
    let status = 0;
    let reply = {};
    try {
      const response = await post(facts.takeoversUrl);
      // The log-in page is what a redirect leads to.
      status = response.type === "opaqueredirect" ? 401 : response.status;
      reply = await response.json().catch(() => ({}));
    } catch (error) {
      status = 0;
    }
    if (status === 200 && reply.responses) return goOn(reply, { sentAt, receivedAt: performance.now() });
    if (status === 409) return leaveFor(facts.resultUrl);
    if (status === 404 && reply.error) return hideFrom();
    if (status === 401) return logIn();
    if (status === 400) return trouble(reply.error || "Xin tải lại trang.", "Tải lại trang", facts.showUrl);
    report(status ? "busy" : "offline");
    return setTimeout(() => takeOver(tries + 1), TRIES[Math.min(tries, TRIES.length - 1)] * (0.75 + Math.random() / 2));
  }

  /* Show what the server has and what only this phone has; send the latter. */
  async function goOn(reply, times) {
    const journal = await opened;
    const rows = (await journal.of(attempt).catch(() => [])).filter((row) => row.slot > 0); // the essay sees to its own
    const stored = new Map(reply.responses.map((response) => [response.slot, response]));
    const isNews = (row) => !stored.has(row.slot) || stored.get(row.slot).number < row.number;
    rows.filter(isNews).forEach((row) => courier.restore(row));
    journal.remove(rows.filter((row) => !isNews(row))).catch(() => {});
    questions.forEach((question) => {
      const slot = slotOf(question);
      show(question, courier.pending.get(slot) || stored.get(slot));
    });
    number = reply.base;
    clock.learn(reply, times);
    if (hasMoved(reply)) return openNext(reply);
    if (essay) await essay.open(reply.essay, reply.base);
    if (guess) guess.open(reply.base, reply.prediction);
    if (!held()) say("saved", `${WORK.charAt(0).toUpperCase()}${WORK.slice(1)} được tự động lưu`);
    trouble("");
    paint();
    tick();
    announce(reply.base);
    courier.open(reply.base);
    const left = clock.closesAt - clock.now();
    if (left > OUT_OF_REACH) asking.ask();
    plan();
  }

  /* Other tabs of this browser need not wait for their next save to learn of it. */
  const channel = `sitting-${attempt}`;

  function announce(base) {
    try {
      window.localStorage.setItem(channel, String(base));
      window.localStorage.removeItem(channel);
    } catch (error) {
      // A browser without storage has no other way; the server tells at the next save.
    }
  }

  window.addEventListener("storage", (event) => {
    if (event.key === channel && Number(event.newValue) > number) giveUp();
  });

  // The clock

  let ticking = 0;
  let before = Infinity;

  function tick() {
    clearTimeout(ticking);
    const left = Math.max(0, clock.closesAt - clock.now());
    const seconds = Math.ceil(left / 1000);
    if (isPaused && left) return showPause();
    $("clock-label").textContent = left ? LEFT : "Hết giờ";
    $("clock-time").textContent = span(seconds);
    $("clock").classList.add("is-running");
    $("clock").classList.toggle("is-short", seconds <= SHORT);
    SPOKEN.forEach((limit) => {
      if (before > limit && seconds <= limit && seconds && before !== Infinity) speak(`Còn ${limit < 60 ? `${limit} giây` : `${limit / 60} phút`}.`);
    });
    before = seconds;
    if (!left) end();
    else ticking = setTimeout(tick, (left % 1000) + 15);
  }

  function showPause() {
    $("clock-label").textContent = "Cuộc thi";
    $("clock-time").textContent = "Tạm dừng";
    $("clock").classList.remove("is-short");
    before = Infinity;
  }

  function span(seconds) {
    const two = (part) => String(part).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    return (hours ? `${hours}:` : "") + `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  function speak(text) {
    $("spoken").textContent = text;
  }

  /* Time is up: nothing more can be changed, what is left goes out, and the server says when it has closed. */
  function end() {
    if (isOver || isForeign) return;
    noteAll();
    if (essay) essay.commit();
    isOver = true;
    lock();
    closeCheck();
    speak(hasNext ? "Hết giờ câu này." : "Hết giờ làm bài.");
    trouble(hasNext ? "Hết giờ câu này. Đang mở câu tiếp theo…" : `Hết giờ làm bài. ${COUNTED} Đang mở trang kết quả…`);
    askUntilClosed(hasNext ? NEXT : held() ? 0 : later(2000));
  }

  // All phones of a round reach its end in the same second; they need not ask in the same.
  const later = (milliseconds) => milliseconds * (1 + Math.random());

  /* All that was answered and written until now is acknowledged when this resolves with "saved". */
  async function flush() {
    noteAll();
    if (guess) await guess.flush();
    if (!essay) return courier.flush();
    essay.commit();
    return worst(await Promise.all([courier.flush(), essay.courier.flush()]));
  }

  async function askUntilClosed(wait) {
    await new Promise((go) => setTimeout(go, wait));
    const outcome = await flush();
    if (outcome === "closed" || outcome === "stranger" || outcome === "log-in" || isLeaving || (walk && isTaken)) return;
    if (clock.closesAt > clock.now()) reopen();
    else askUntilClosed(hasNext && outcome === "saved" ? NEXT : later(outcome === "saved" ? 2000 : 5000));
  }

  /* The organisers gave more time, or this phone's count ran ahead. */
  function reopen() {
    isOver = false;
    lock();
    if (!isTaken) trouble("");
    tick();
  }

  // The map of the questions

  const map = $("map");
  const opener = $("map-open");
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-controls", "map");
  opener.setAttribute("aria-expanded", "false");

  function openMap(isOpen) {
    map.classList.toggle("is-open", isOpen);
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) map.focus();
  }

  function goTo(link) {
    const question = $(link.hash.slice(1));
    openMap(false);
    question.scrollIntoView();
    question.focus({ preventScroll: true });
  }

  opener.addEventListener("click", (event) => {
    event.preventDefault();
    openMap(!map.classList.contains("is-open"));
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    openMap(true);
  });
  map.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    if (link.id !== "map-close") return void goTo(link);
    openMap(false);
    opener.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !map.classList.contains("is-open")) return;
    openMap(false);
    opener.focus();
  });
  document.addEventListener("click", (event) => {
    if (map.classList.contains("is-open") && !map.contains(event.target) && !opener.contains(event.target)) openMap(false);
  });

  // Handing in

  const check = $("check");
  const hasDialog = typeof check.showModal === "function";
  const yes = $("check-yes");

  function listIn(id, states) {
    const list = $(id).querySelector("ol");
    list.textContent = "";
    states.forEach((state) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.className = "map__item num";
      link.href = `#cau-${state.slot}`;
      link.textContent = state.slot;
      item.appendChild(link);
      list.appendChild(item);
    });
    $(id).hidden = !states.length;
  }

  async function openCheck() {
    const states = paint();
    if (!hasDialog) {
      if ((await flush()) === "saved") window.location.assign(facts.reviewUrl);
      return;
    }
    if (states.length && !walk) $("check-answered").textContent = states.filter((state) => state.answer).length;
    if (essay) {
      $("check-essay").textContent = essay.length();
      $("check-essay-warning").textContent = essay.check();
    }
    listIn("check-unanswered", walk ? [] : states.filter((state) => !state.answer));
    listIn("check-flagged", states.filter((state) => state.flagged));
    const lacking = lacks(states);
    yes.hidden = Boolean(lacking);
    $("check-trouble").textContent = lacking;
    $("check-trouble").hidden = !lacking;
    check.showModal();
  }

  /* Why a paper that must be answered whole cannot be handed in yet; nothing: it can. The server judges. */
  function lacks(states) {
    if (!mustAnswerAll) return "";
    const blank = states.filter((state) => !state.answer).map((state) => state.slot);
    const parts = blank.length ? [`câu ${blank.join(", ")}`] : [];
    if (guess && !guess.isAnswered()) parts.push("câu dự đoán");
    return parts.length ? `Còn thiếu ${parts.join(" và ")}. Xin trả lời hết rồi nộp; hết giờ mà còn thiếu thì lượt thi được 0 điểm.` : "";
  }

  function closeCheck() {
    if (hasDialog && check.open) check.close();
  }

  async function handIn() {
    if (isHandingIn) return;
    isHandingIn = true;
    yes.setAttribute("aria-disabled", "true");
    yes.textContent = "Đang nộp bài…";
    $("check-trouble").hidden = true;
    const reason = await tryToHandIn();
    if (!reason) return;
    isHandingIn = false;
    yes.removeAttribute("aria-disabled");
    yes.textContent = "Nộp bài";
    $("check-trouble").textContent = reason;
    $("check-trouble").hidden = false;
    yes.scrollIntoView({ block: "nearest" });
  }

  /* Return why it did not work, or nothing: then the page is being left. */
  async function tryToHandIn() {
    const files = window.EssayFiles ? window.EssayFiles.unsent() : 0;
    if (files) return `Còn ${files} ảnh hoặc tệp chưa gửi xong. Xin chờ gửi xong (hoặc bỏ khỏi danh sách) rồi bấm “Nộp bài” lần nữa.`;
    const outcome = await flush();
    if (outcome === "closed") return "";
    if (outcome === "offline") {
      return "Chưa nộp được vì mất mạng. Câu trả lời vẫn được giữ trong máy; khi có mạng lại, xin bấm “Nộp bài” lần nữa.";
    }
    if (outcome !== "saved" || held()) {
      return "Chưa nộp được vì còn câu trả lời hoặc bài viết chưa lưu xong. Xin chờ ít giây rồi bấm “Nộp bài” lần nữa.";
    }
    if (isTaken) return "Bài thi đang được làm trên máy khác.";
    try {
      const response = await post(facts.submissionUrl);
      // Where it leads to tells the truth: a paper that is not handed in comes back as a paper.
      if (response.status === 409) return (await response.json()).error;
      if (response.type !== "opaqueredirect" && !response.ok) throw new Error(String(response.status));
    } catch (error) {
      return "Chưa nộp được: mất mạng hoặc máy chủ bận. Câu trả lời đã lưu vẫn còn; xin bấm “Nộp bài” lần nữa.";
    }
    leaveFor(facts.resultUrl);
    return "";
  }

  paper.addEventListener("submit", (event) => {
    event.preventDefault();
    openCheck();
  });
  yes.addEventListener("click", handIn);
  if ($("next")) {
    $("next").addEventListener("click", (event) => {
      event.preventDefault();
      moveOn();
    });
  }
  $("check-no").addEventListener("click", closeCheck);
  check.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    closeCheck();
    goTo(link);
  });

  // Coming and going

  $("save").hidden = true;
  $("trouble-way").addEventListener("click", () => { isLeaving = isDurable; });
  window.addEventListener("beforeunload", (event) => {
    if (isLeaving || !held()) return;
    event.preventDefault();
    event.returnValue = "";
  });
  // A page out of the browser's memory knows nothing of what was saved or handed in since.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  tellMissed();
  paint();
  tick();
  takeOver(0);
})();
