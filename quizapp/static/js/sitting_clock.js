"use strict";

/* Asks the server about once a minute, and shortly before the end, when the attempt closes: organisers may have moved
   it. `heard(reply, times)` gets each answer; a question that is not answered is asked again the next time. */
window.SittingClock = function (url, heard) {
  const FAR = 45000; // milliseconds; all phones of a round do not ask at once
  const SOON = 3000; // where seconds count
  const NEAR = 12000; // before the end
  let waiting = 0;

  function ask() {
    const sentAt = performance.now();
    fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual", cache: "no-store" })
      .then((response) => (response.status === 200 ? response.json() : null))
      .then((reply) => { if (reply) heard(reply, { sentAt, receivedAt: performance.now() }); })
      .catch(() => {});
  }

  /* left: milliseconds until the end as it is known now; isSoon: every few seconds. */
  function plan(left, isSoon) {
    clearTimeout(waiting);
    const usual = isSoon ? SOON + Math.random() * 4000 : FAR + Math.random() * 30000;
    const before = left - NEAR + Math.random() * 8000;
    waiting = setTimeout(() => { ask(); plan(0, isSoon); }, before > 2000 && before < usual ? before : usual);
  }

  return { ask, plan };
};
