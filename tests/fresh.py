"""What is drawn from the code must be fresh: catalogues, charts, the manual. `python -m tests.fresh` exits 1 if not."""

from __future__ import annotations

import sys

from bot.talk import flowchart, lifechart, manual
from law import decreed
from law.holidays import FILE
from locales import LANGUAGES
from locales.extract import missing, stale


def main() -> int:
    wrong = [f"locales: {name} (make strings)" for name in stale()]
    wrong += [f"locales: {language}: {words}" for language in LANGUAGES[1:] for words in missing(language)]
    for page in (flowchart, lifechart, manual):
        if not page.PAGE.exists() or page.PAGE.read_text() != page.drawn():
            wrong.append(f"docs/{page.PAGE.name} (make docs)")
    if FILE.read_text(encoding="utf-8") != decreed.drawn():
        wrong.append(f"law/{FILE.name} (make holidays)")
    print("\n".join(wrong) if wrong else "catalogues and docs are fresh")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
