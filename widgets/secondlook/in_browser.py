"""Answers in the browser's own database, where the course is a page and Python runs in it.

A page has no folder. What the journal appends to its file goes, piece by piece and in the same
order, into a store of IndexedDB that belongs to this site; with the next visit the pieces make up
the file again. Several open lessons only ever add, so none overwrites what another one wrote. (The
site's folders would need https for this; a database does not, so a school can serve plain http.)
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

HERE = sys.platform == "emscripten"
FOLDER = Path("/home/pyodide/my_work")
FILE = "answers.jsonl"

# In JavaScript, for a database speaks in events; `trouble` is what the last one that failed said.
_STORE = """
(() => {
  const NAME = "second-look", STORE = "answers";
  const opened = new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const told = { trouble: "" };
  const worried = (error) => { told.trouble = String(error ?? "unknown"); };
  opened.catch(worried);
  told.all = async () => {
    const db = await opened;
    return new Promise((done, fail) => {
      const asked = db.transaction(STORE).objectStore(STORE).getAll();
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  };
  told.add = (piece) => {
    opened.then((db) => {
      const act = db.transaction(STORE, "readwrite");
      act.objectStore(STORE).add(piece);
      act.oncomplete = () => { told.trouble = ""; };
      act.onabort = () => worried(act.error);
    }).catch(worried);
  };
  return told;
})()
"""
_store: Any = None


async def ready() -> None:
    """Put the answers of earlier visits where the journal looks for them; once a kernel.

    Without a database (a browser that keeps nothing) a lesson works all the same: answers last as
    long as the page, and the journal says so with the first one.
    """
    global _store
    if not HERE or _store is not None:
        return
    from pyodide.code import run_js  # type: ignore[import-not-found]

    os.environ.setdefault("SECONDLOOK_WORK", str(FOLDER))
    _store = run_js(_STORE)
    try:
        pieces = await _store.all()
    except Exception:  # whatever a browser throws; `trouble` has it
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    FOLDER.joinpath(FILE).write_bytes("".join(str(one) for one in pieces).encode("ascii"))


def keep(data: bytes) -> None:
    """Keep a piece that was appended to the answers; does nothing where there is a real disk.

    Arguments:
        data: whole lines, ASCII as the journal writes them.

    Raises:
        OSError: an earlier piece could not be kept, so this one most likely will not be.
    """
    if not HERE or _store is None:
        return
    _store.add(data.decode("ascii"))
    if _store.trouble:
        raise OSError(errno.ENODEV, str(_store.trouble))
