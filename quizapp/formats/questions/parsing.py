"""Lines of a question file → what was found: which lines are questions, options, answers, explanations, keys."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizapp.formats.questions import labels
from quizapp.formats.questions.found import Choice, Found, Parsed
from quizapp.formats.questions.keys import KeyReader, pairs_of, parted
from quizapp.formats.questions.labels import LETTERS, Key
from quizapp.formats.questions.lines import Line
from quizapp.formats.questions.options import label_at_start
from quizapp.formats.questions.outlook import Outlook
from quizapp.formats.questions.rich import Rich, plain
from quizapp.formats.questions.within import Within
from quizapp.rules.question_typing import fold_name
from quizapp.rules.vietnamese import clean, fold

SHORT_MOST = 60

TRUTH = "đúng sai"  # the part that a row with columns 'Đúng' and 'Sai' is of


def parse(lines: Sequence[Line]) -> Parsed:
    """Return what the lines of a file hold."""
    parser = Parser(lines)
    for place in range(len(lines)):
        parser.take(place)
    parser.keys.close()
    parser.parsed.lists = [each for each in parser.keys.lists if each]
    return parser.parsed


def boxed(line: Line) -> Line:
    """Return a line that has nothing but a box before it as one with a bullet, starred when the box is ticked."""
    found = None if line.role else labels.BOX.match(line.text.text)
    if not found or label_at_start(line.text.text) or labels.BOX_SIGN.search(line.text.text, found.end()):
        return line
    if labels.answer_of(line.text.text[found.end() :]) or labels.is_strong(line.text.text[found.end() :]):
        return line
    return replace(line, text=line.text[found.end() :] + plain(" ✓" if found["ticked"] else ""), bullet=True, auto=0)


def labelled_once(lines: list[Line]) -> list[Line]:
    """Return lines without the labels of Word's numbering where the author typed labels as well.

    Only one option in a list may be called like its letter ('C. Mác'); of neighbours it is a label.
    """
    twice = [bool(line.auto) and _has_twice(line) for line in lines]
    made = []
    for place, line in enumerate(lines):
        is_question = bool(line.auto) and labels.is_strong(line.text.text[line.auto :]) is not None
        if is_question or (twice[place] and any(twice[max(place - 1, 0) : place] + twice[place + 1 : place + 2])):
            line = replace(line, text=line.text[line.auto :], auto=0)
        made.append(line)
    return made


def _has_twice(line: Line) -> bool:
    first, second = (label_at_start(line.text.text), label_at_start(line.text.text[line.auto :]))
    return first is not None and second is not None and first.letter == second.letter


class Parser:
    """Goes through lines once; `look` tells what comes after a line."""

    def __init__(self, lines: Sequence[Line]):
        self.lines = labelled_once([boxed(line) for line in lines])
        self.look = Outlook(self.lines)
        self.parsed = Parsed()
        self.within = Within(self.look)
        self.keys = KeyReader()
        self.now: Found | None = None
        self.in_keys = False
        self.part = self.topic = ""
        self.run = 0
        self.shared: list[str] = []
        self.shared_until: int | None = None
        self.numbers: set[int] = set()

    def take(self, place: int) -> None:
        """Take a line for what it is: the first that fits decides."""
        line = self.lines[place]
        if labels.PAGE.fullmatch(line.shown) and not line.role:
            return
        if line.role:
            self._by_role(line)
        elif self.in_keys and not self.look.begins_question(place, in_keys=True) and self._key(place, line):
            pass
        elif self._paper_ends(place, line):
            self.now = None
        elif self._question(place, line) or self._heading(place, line) or self._list_of_keys(place, line):
            self.in_keys = self.in_keys and self.now is None
        elif self.now is None:
            self._before(place, line)
        else:
            self.within.take(self.now, place, line)

    def _paper_ends(self, place: int, line: Line) -> bool:
        """Tell whether a line ends a paper: 'HẾT', or what is told to candidates below it."""
        if line.bullet or not labels.PAPER_END.fullmatch(line.shown):
            return False
        return self.now is None or bool(self.now.choices) or not self.look.options_after(place)

    # What begins something

    def _question(self, place: int, line: Line) -> bool:
        if not self.look.begins_question(place, self.now, self.part):
            return False
        found = self.look.label(place)
        text = line.text[found.end() :] if found else line.text
        number = int(found["n"]) if found and not self._sub(found) else None
        now = self.begin(number, line, found[0] if found else "")
        if found and "brackets" in found.re.groupindex:
            self.within.brackets(now, found["brackets"])
        self.within.stem(now, place, line.but(text))
        return True

    @staticmethod
    def _sub(found: re.Match[str]) -> bool:
        return "sub" in found.re.groupindex and bool(found["sub"])

    def begin(self, number: int | None, line: Line, label: str = "") -> Found:
        """Begin a question."""
        if number is not None and number in self.numbers and (number == 1 or self.keys.new_part):
            self.run, self.numbers = self.run + 1, set()
        self.keys.new_part = False
        if number is not None:
            self.numbers.add(number)
        self.in_keys = False
        self.now = Found(number, clean(label), line.where, self.run, part=self.part, topic=self.topic)
        self.now.original.append(line.shown)
        if self.shared:
            self.now.stem += [plain(each) for each in self.shared]
            self.now.doubt("câu dựa vào đoạn dùng chung đứng trước; xin xem lại đoạn đó đã đủ trong câu chưa")
            if self.shared_until is None or number is None or number >= self.shared_until:
                self.shared = []
        self.parsed.questions.append(self.now)
        return self.now

    def _heading(self, place: int, line: Line) -> bool:
        text = line.shown
        if not self._in_stem() and self._shared(place, text):
            return True
        topic = labels.TOPIC.match(text)
        found = labels.HEADING.match(text)
        if (self._in_stem() and not (line.heading and found)) or self.look.is_option_of(place, self.now):
            return False
        if line.auto and not line.heading and not found:
            return False
        if found and self.look.is_item(place, self.now):
            return False
        if not (found or topic or line.heading) or len(text) > 160 or text.endswith("?"):
            return False
        self._begin_part(text, found["title"] if found else topic["rest"] if topic else text, bool(topic))
        return True

    def _shared(self, place: int, text: str) -> bool:
        """Take a line that speaks of several questions: the head of a text that they share, or only an instruction."""
        is_range = labels.RANGE.match(text)
        if not is_range and not (labels.PASSAGE.match(text) and self.look.question_soon(place)):
            return False
        found = is_range or labels.SPAN.search(text)
        self.shared = [text] if labels.PASSAGE.match(text) or labels.SHARED.search(text) else []
        self.shared_until, self.now = int(found[2]) if found else 0, None
        return True

    def _begin_part(self, text: str, title: str, is_topic: bool) -> None:
        kinds = (labels.ESSAY_PART, labels.SHORT_PART, labels.TRUTH_PART, labels.CHOICE_PART)
        if labels.KEY_HEADING.match(title) or labels.KEY_HEADING.match(text):
            self._begin_keys()
            return
        if is_topic or not any(kind.search(text) for kind in kinds):
            self.topic = text if clean(title) and not is_topic else clean(title) if is_topic else ""
            if self.topic:
                self.parsed.topics[fold_name(self.topic)] = self.topic
        else:
            self.topic = ""
        if not is_topic:
            self.part = text
        self.keys.part()
        self.now = None
        self.shared = []

    def _in_stem(self) -> bool:
        now = self.now
        return now is not None and not now.choices and not now.answers and now.mode == "stem" and not now.prompt

    def _list_of_keys(self, place: int, line: Line) -> bool:
        text = line.shown
        if labels.KEY_HEADING.match(text) and self.look.keys_follow(place, self.now):
            self._begin_keys()
            return True
        rest = parted(text)[0]
        pairs = pairs_of(rest)
        if pairs and (
            len(pairs) > (1 if rest != text else 2)
            or ((self.now is None or (self.now.mode != "stem" and self.now.style != "1")) and self.look.ends(place))
        ):
            self.in_keys, self.now = True, None
            self.keys.line(text, line.where, None)
            return True
        return False

    def _begin_keys(self) -> None:
        self.in_keys, self.now = True, None
        self.keys.part()

    def _key(self, place: int, line: Line) -> bool:
        """Take a line of a list of keys."""
        text = line.shown
        if not pairs_of(parted(text)[0]) and (labels.HEADING.match(text) or line.heading):
            self.keys.part()
            return True
        self.keys.line(text, line.where, self.look.label(place))
        return True

    # Lines that a table has told the meaning of

    def _by_role(self, line: Line) -> None:
        if line.role == "keys":
            self._begin_keys()
            return
        if line.role == "key":
            self.keys.told(line.text.text, line.where)
            return
        if line.role == "question":
            number = re.search(r"\d+", line.shown)
            self.begin(int(number[0]) if number else None, line)
            return
        now = self.now
        if now is None:
            return
        now.original.append(line.shown)
        if line.role == "option":
            now.choices.append(Choice(LETTERS[len(now.choices)], Rich(), line.text))
        elif line.role == "stem":
            now.stem.append(line.text)
        elif line.role == "truth":
            now.part = TRUTH
            now.answers += [Key(text=line.shown)] if fold(line.shown) in labels.TRUTHS else []
        elif line.role == "answer":
            is_text = any(fold(each.unstarred[0].shown) == fold(line.shown) for each in now.choices)
            key = None if is_text else labels.answer_of(f"Đáp án: {line.shown}")
            now.answers.append(key or Key(text=line.shown))
            now.explanation += [key.rest] if key and key.rest else []
        elif line.role == "level":
            now.level = labels.level_of(line.shown)
        elif line.role == "marks":
            now.marks = labels.hundredths(line.shown)
        elif line.role == "topic":
            now.topic = line.shown
            self.parsed.topics[fold_name(now.topic)] = now.topic
        elif line.role in ("explanation", "source"):
            getattr(now, line.role).append(line.shown)

    def _before(self, place: int, line: Line) -> None:
        if self.shared and not self.look.begins_question(place, None, self.part):
            self.shared.append(line.shown)
