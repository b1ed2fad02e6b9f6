"""What comes after a line: whether it begins a question can often only be told from the lines below it."""

import re
from collections.abc import Sequence

from quizapp.formats.questions import labels
from quizapp.formats.questions.found import Found
from quizapp.formats.questions.keys import pairs_of, parted
from quizapp.formats.questions.lines import Line
from quizapp.formats.questions.options import label_at_start, options_in_stem
from quizapp.formats.questions.truths import truths_in

IS_END = re.compile(r"[-–—_*=.\s]*(?:het|the end|end|hết)?[-–—_*=.\s]*")
ROMAN = re.compile(r"\s*[IVX]{1,5}\s*[.):–-]\s+\S")
FAR = 40
Match = re.Match[str]


class Outlook:
    """Knows for each line whether it may begin a question or an option, and what kind of file this is."""

    def __init__(self, lines: Sequence[Line]):
        self.lines = lines
        texts = ["" if line.role else line.text.text for line in lines]
        self.strong: list[Match | None] = [labels.is_strong(text) for text in texts]
        self.weak: list[Match | None] = [None if line.role else labels.WEAK.match(line.text.text) for line in lines]
        words = [found["word"].lower() for found in self.strong if found]
        self.has_questions = any(not word.startswith("bài") for word in words)
        firsts = [self._first(text, place) for place, text in enumerate(texts)]
        self.first_option = firsts
        self.last_option = max((place for place, is_first in enumerate(firsts) if is_first), default=-1)
        self.items: set[int] = set()
        numbered = ((place, found) for place, found in enumerate(self.weak) if found)
        # What is numbered below the first number that has options is a question, too; from there on, a preamble.
        self.first_number = next((int(found["n"]) for place, found in numbered if self.options_after(place)), 0)

    def _first(self, text: str, place: int) -> bool:
        found = label_at_start(text)
        if found is not None and found.letter == "A" and not labels.HEADING.match(text):
            return True
        return len(text) > 3 and bool(options_in_stem(text, self._letter(place + 1))[0])

    def _letter(self, place: int) -> str:
        found = label_at_start(self.lines[place].text.text) if place < len(self.lines) else None
        return found.letter if found else ""

    def next_text(self, place: int) -> str:
        """Return the next line, "" when there is none or a table tells what it is."""
        following = self.lines[place + 1] if place + 1 < len(self.lines) else None
        return following.text.text if following and not following.role else ""

    def label(self, place: int) -> Match | None:
        """Return the label of a line that begins a question."""
        return self.strong[place] or self.weak[place]

    def options_after(self, place: int) -> bool:
        """Tell whether options begin in a line or below it, before the next question does."""
        weak = self.weak[place]
        number = int(weak["n"]) if weak else 0
        for at in range(place, min(place + FAR, len(self.lines))):
            found = self.weak[at]
            if at > place and (self.strong[at] or (found and int(found["n"]) == number + 1 and number)):
                # The next number may be an item of this stem: only a question that has options of its own ends it.
                return False
            if at > place and number > 1 and found and int(found["n"]) == 1 and self._is_alone(at):
                return False  # numbers begin anew: what came before were rules, not questions
            if self.first_option[at]:
                return True
        return False

    def _is_alone(self, place: int) -> bool:
        """Tell whether options come before another number does: a first item of a stem has a second one."""
        for at in range(place, min(place + FAR, len(self.lines))):
            if self.first_option[at]:
                return True
            if at > place and (self.weak[at] or self.strong[at]):
                return False
        return False

    def begins_question(self, place: int, now: Found | None = None, part: str = "", *, in_keys: bool = False) -> bool:
        """Tell whether a line begins a question."""
        if self.lines[place].role:
            return False
        strong = self.strong[place]
        if strong:
            if strong["word"].lower().startswith("bài") and self.has_questions and not labels.ESSAY_PART.search(part):
                return False
            return (self.options_after(place) and not self._tells_truths(place, strong)) if in_keys else True
        if in_keys:
            weak = self.weak[place]
            return weak is not None and self.options_after(place) and not self._tells_truths(place, weak)
        if self.weak[place] and not self.lines[place].cells:
            return self._weak_begins(place, now, part)
        return self._unnumbered(place, now)

    def _tells_truths(self, place: int, label: Match) -> bool:
        """Tell whether a line gives the key of statements: 'Câu 1: a) Đúng, b) Sai'."""
        return truths_in(self.lines[place].text.text[label.end() :]) is not None

    def _weak_begins(self, place: int, now: Found | None, part: str) -> bool:
        found = self.weak[place]
        assert found is not None  # noqa: S101 - asked for such lines only
        number, options = int(found["n"]), self.options_after(place)
        if labels.ESSAY_PART.search(part) and (now is None or not self._is_strong(now)):
            return now is None or options or number == (now.number or 0) + 1
        if self.has_questions:
            return options and (now is None or (len(now.choices) > 1 and now.style != "1"))
        if now is None:
            return options or self.last_option < 0 or number < self.first_number
        if now.number is None:
            return options and len(now.choices) > 1
        same_sign = found["end"] == now.label[-1:]
        if now.choices:
            if now.style == "1" and number == len(now.choices) + 1 and not same_sign:
                return False
            return options or number == now.number + 1
        if (number == 1 and now.number != 0) or place - 1 in self.items:
            self.items.add(place)
            return False
        return same_sign and number == now.number + 1

    @staticmethod
    def _is_strong(now: Found) -> bool:
        return bool(re.match(r"\s*[^\W\d]", now.label))

    def _unnumbered(self, place: int, now: Found | None) -> bool:
        line = self.lines[place]
        text = line.text.text
        if now is not None and (len(now.choices) < 2 or now.style != "A"):
            return False
        if (
            line.soft
            or not line.text
            or label_at_start(text)
            or labels.answer_of(text)
            or labels.KEY_HEADING.match(text)
        ):
            return False
        if labels.HEADING.match(text) or labels.EXPLAINS.match(text) or labels.SOURCE.match(text):
            return False
        if options_in_stem(text, self._letter(place + 1))[0]:
            return True
        following = self.next_text(place)
        return self._letter(place + 1) == "A" and not labels.HEADING.match(following) and bool(following)

    def question_soon(self, place: int) -> bool:
        """Tell whether a question begins within the next lines."""
        near = range(place + 1, min(place + FAR, len(self.lines)))
        return any(self.strong[at] or self.weak[at] for at in near)

    def is_option_of(self, place: int, now: Found | None) -> bool:
        """Tell whether a line is the next option of a question rather than a heading like 'B. Phần chung'."""
        found = label_at_start(self.lines[place].text.text)
        if now is None or found is None or not now.choices:
            return False
        return found.letter == labels.LETTERS[len(now.choices) :][:1] and not labels.ESSAY_PART.search(
            self.lines[place].shown
        )

    def is_item(self, place: int, now: Found | None) -> bool:
        """Tell whether a line like 'II. Đoàn phí' is an item of a stem: only such lines stand before its options."""
        if now is None or now.choices or now.answers or now.mode != "stem":
            return False
        if not ROMAN.match(self.lines[place].text.text):
            return False
        for at in range(place + 1, min(place + FAR, len(self.lines))):
            if self.first_option[at]:
                return True
            if self.strong[at] or self.weak[at] or self.lines[at].role:
                return False
        return False

    def keys_follow(self, place: int, now: Found | None) -> bool:
        """Tell whether a heading like 'ĐÁP ÁN' heads a list of keys, not the answer of the question above it."""
        is_bare = not self.lines[place].shown.rstrip().endswith(":")
        for at in range(place + 1, min(place + 6, len(self.lines))):
            line = self.lines[at]
            if line.role == "key" or pairs_of(parted(line.shown)[0]):
                return True
            found = self.strong[at] or (None if self.has_questions else self.weak[at])
            if found and not line.role:
                restarts = now is None or now.number is None or int(found["n"]) <= now.number
                return restarts and (self._tells_truths(at, found) or not self.options_after(at))
            if not is_bare and not labels.HEADING.match(line.shown):
                return False
        return False

    def ends(self, place: int) -> bool:
        """Tell whether no options come from here on."""
        return place > self.last_option

    def numbered_options(self, place: int) -> bool:
        """Tell whether lines numbered from 1 are the options of a question that has a label of another kind."""
        if not self.has_questions:
            return False
        count = 0
        for at in range(place, min(place + FAR, len(self.lines))):
            found = labels.NUMBERED.match(self.lines[at].text.text)
            if self.strong[at] or self.lines[at].role:
                break
            if self.first_option[at]:
                return False
            count += bool(found and int(found["n"]) == count + 1)
        return count > 1

    def bulleted_options(self, place: int) -> bool:
        """Tell whether lines with bullets are options: at least two, and none with letters before the next question."""
        return self._bullets(place) > 1 and not any(
            self.first_option[at] for at in range(place, self._next_question(place))
        )

    def _bullets(self, place: int) -> int:
        count = 0
        while place + count < len(self.lines) and self.lines[place + count].bullet:
            count += 1
        return count

    def _next_question(self, place: int) -> int:
        far = min(place + FAR, len(self.lines))
        return next((at for at in range(place + 1, far) if self.strong[at] or self.weak[at]), far)
