"use strict";

/* The phone's own journal: a change is written here before it is sent, and stays until the server has it.
   One row for each attempt and slot: {attempt, slot, number, answer, flagged, written_at}. It lies in IndexedDB; browsers
   inside other apps that forbid it get localStorage, and where that throws too, memory, which `isDurable` admits. */
window.Journal = (function () {
  const LONGEST = 30 * 24 * 3600 * 1000;
  const PATIENCE = 5000; // some WebViews never answer

  function open() {
    const late = new Promise((_, fail) => setTimeout(fail, PATIENCE));
    return Promise.race([openDatabase(), late]).then(inDatabase).then(both, inStorage).then(tidied);
  }

  function openDatabase() {
    return new Promise((done, fail) => {
      const asked = window.indexedDB.open("sitting", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("changes", { keyPath: ["attempt", "slot"] });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = asked.onblocked = fail;
    });
  }

  function inDatabase(database) {
    function work(mode, ask) {
      return new Promise((done, fail) => {
        const begun = database.transaction("changes", mode);
        const answer = ask(begun.objectStore("changes"));
        begun.oncomplete = () => done(answer && answer.result);
        begun.onabort = begun.onerror = fail;
        setTimeout(fail, PATIENCE);
      });
    }
    function withKept(store, row, act) {
      store.get([row.attempt, row.slot]).onsuccess = (event) => act(event.target.result);
    }
    const journal = {
      isDurable: true,
      all: () => work("readonly", (store) => store.getAll()),
      put: (row) =>
        work("readwrite", (store) => {
          withKept(store, row, (kept) => isNewer(row, kept) && store.put(row));
        }).catch(() => { journal.isDurable = false; }),
      remove: (rows) =>
        work("readwrite", (store) => {
          rows.forEach((row) =>
            withKept(store, row, (kept) => isSame(row, kept) && store.delete([row.attempt, row.slot])));
        }),
    };
    return journal;
  }

  function inStorage() {
    const name = "sitting-changes";
    let rows = [];
    let isDurable = true;
    const read = () => (isDurable ? JSON.parse(window.localStorage.getItem(name) || "[]") : rows);
    function write(changed) {
      rows = changed;
      try {
        window.localStorage.setItem(name, JSON.stringify(changed));
      } catch (error) {
        isDurable = false;
      }
    }
    try {
      write(read());
    } catch (error) {
      isDurable = false;
    }
    return {
      get isDurable() { return isDurable; },
      all: async () => read(),
      put: async (row) => {
        const kept = read().find((each) => isPlace(row, each));
        if (isNewer(row, kept)) write(read().filter((each) => each !== kept && !isPlace(row, each)).concat(row));
      },
      remove: async (gone) => write(read().filter((each) => !gone.some((row) => isSame(row, each)))),
    };
  }

  /* A page that waited in vain for the database wrote into the storage: what it left there counts as well. */
  function both(database) {
    const storage = inStorage();
    return {
      get isDurable() { return database.isDurable; },
      put: database.put,
      all: () => Promise.all([database.all(), storage.all()]).then((found) => found[0].concat(found[1])),
      remove: (rows) => Promise.all([database.remove(rows), storage.remove(rows)]),
    };
  }

  const isPlace = (row, kept) => kept.attempt === row.attempt && kept.slot === row.slot;
  const isNewer = (row, kept) => !kept || kept.number <= row.number;
  // Another tab may have written a newer change to the same place meanwhile: that one is not ours to forget.
  const isSame = (row, kept) => Boolean(kept) && isPlace(row, kept) && kept.number === row.number;

  /* What never got through in a month is no evidence any more, and this may be somebody else's phone now. */
  function tidied(journal) {
    journal.of = (attempt) => journal.all().then((rows) => rows.filter((row) => row.attempt === attempt));
    return journal
      .all()
      .then((rows) => journal.remove(rows.filter((row) => Date.now() - row.written_at > LONGEST)))
      .then(() => journal, () => journal);
  }

  return { open };
})();
