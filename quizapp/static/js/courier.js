"use strict";

/* Brings changes to the server until it has acknowledged them: one request at a time, each with all that is left.
   `report(outcome, reply)` is told how it went; outcomes are "saving", "saved", "offline", "busy", "closed", "missed",
   "log-in", "stranger" and "refused". Nothing is sent before `open(base)`, and a change not before the journal has it. */
window.Courier = function (url, journal, report) {
  const TOGETHER = 80;
  const PATIENCE = 20000;
  const WAITS = [1000, 2000, 4000, 8000, 15000, 30000];
  const AT_ONCE = 16000; // bytes; a longer body is not kept alive beyond the page while the page lives
  const MOST_ALIVE = 60000; // browsers refuse more than 64 KiB, all such requests together
  const pending = new Map(); // slot → its newest change that is not acknowledged
  let opening = null;
  let written = Promise.resolve();
  let running = null;
  let stopped = false;
  let failures = 0;
  let timer = 0;
  let most = Infinity;
  const refused = new Set(); // one change that the server cannot take must not hold up the others

  function add(change) {
    pending.set(change.slot, change);
    report("saving"); // also without network: until the journal has it, nothing is kept
    // A journal that fails (full, forbidden) must not keep an answer from the server.
    written = Promise.all([written, journal.then((kept) => kept.put(change)).catch(() => {})]);
    sendIn(TOGETHER);
  }

  /* A change found in the journal that the server may not have; a place of its own keeps it beside newer ones. */
  function restore(change, place = change.slot) {
    const held = pending.get(place);
    if (!held || held.number < change.number) pending.set(place, change);
  }

  function open(base) {
    opening = base;
    if (pending.size) sendIn(0);
  }

  function sendIn(milliseconds) {
    clearTimeout(timer);
    if (opening !== null && !stopped) timer = setTimeout(send, milliseconds);
  }

  /* Also with nothing left to send: the reply tells the time, and whether this page still has the attempt. */
  function send() {
    clearTimeout(timer);
    if (opening === null || stopped) return Promise.resolve("offline");
    if (!running) {
      running = written.then(deliver).then((outcome) => {
        running = null;
        if (["offline", "busy", "log-in"].includes(outcome)) retry();
        else if (unsent().length) sendIn(TOGETHER);
        return outcome;
      });
    }
    return running;
  }

  /* All that was answered until now is acknowledged when this resolves with "saved". */
  function flush() {
    return (running || Promise.resolve()).then(send);
  }

  const unsent = () => Array.from(pending.values()).filter((change) => !refused.has(change));

  function retry() {
    if (!pending.size) return;
    // Phones that lost the server together must not come back together.
    const wait = WAITS[Math.min(failures, WAITS.length - 1)] * (0.75 + Math.random() / 2);
    failures += 1;
    sendIn(wait);
  }

  async function deliver() {
    const changes = unsent().slice(0, most);
    const abort = new AbortController();
    const alarm = setTimeout(() => abort.abort(), PATIENCE);
    const sentAt = performance.now();
    let outcome = "busy";
    let reply = {};
    if (changes.length && !failures) report("saving");
    try {
      const response = await put(changes, abort.signal);
      reply = await response.json().catch(() => ({}));
      outcome = understand(response.status, reply, changes);
    } catch (error) {
      outcome = error.name === "AbortError" ? "busy" : "offline";
    }
    clearTimeout(alarm);
    if (outcome === "saved" || outcome === "missed") forget(changes);
    if (outcome === "refused") doubt(changes);
    if (outcome === "closed" || outcome === "stranger") stopped = true;
    report(outcome === "saved" && unsent().length ? "saving" : outcome, reply, { sentAt, receivedAt: performance.now() });
    return outcome;
  }

  function put(changes, signal, alive = AT_ONCE) {
    const body = JSON.stringify({ opening, changes });
    return fetch(url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body,
      credentials: "same-origin",
      keepalive: new Blob([body]).size < alive,
      signal,
    });
  }

  /* Only our own server's words count: a hotspot's log-in page answers 200 to everything. */
  function understand(status, reply, changes) {
    const highest = Math.max(0, ...changes.map((change) => change.number));
    if (status === 200 && reply.acknowledged >= highest) return "saved";
    if (!reply.error) return "busy";
    // The question had its seconds: what was in time is stored or kept as evidence, the rest never will be.
    if (status === 409 && reply.missed) return "missed";
    return { 401: "log-in", 404: "stranger", 409: "closed", 400: "refused", 413: "refused", 422: "refused" }[status] || "busy";
  }

  function forget(changes) {
    failures = 0;
    if (!unsent().length) most = Infinity;
    pending.forEach((change, place) => changes.includes(change) && pending.delete(place));
    journal.then((kept) => kept.remove(changes)).catch(() => {});
  }

  function doubt(changes) {
    if (changes.length === 1) refused.add(changes[0]);
    most = 1;
  }

  function hurry() {
    failures = 0;
    return send();
  }

  window.addEventListener("online", hurry);
  window.addEventListener("offline", () => report("offline"));
  window.addEventListener("pagehide", () => {
    if (unsent().length && opening !== null && !stopped) put(unsent(), undefined, MOST_ALIVE).catch(() => {});
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) hurry();
    else if (unsent().length) send();
  });

  return { add, restore, open, flush, pending, unsent };
};
