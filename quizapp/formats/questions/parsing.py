"""Lines of a question file → what was found: which lines are questions, options, answers, explanations, keys."""

import re
from collections.abc import Sequence

from quizapp.formats.questions import labels, outlook
from quizapp.formats.questions.found import Choice, Found, Parsed
from quizapp.formats.questions.keys import KeyReader, pairs_of
from quizapp.formats.questions.labels import LETTERS, Key
from quizapp.formats.questions.lines import Line
from quizapp.formats.questions.native import fold_name
from quizapp.formats.questions.options import Label, chain, cut, label_at_start, options_in_stem
from quizapp.formats.questions.outlook import Outlook
from quizapp.formats.questions.rich import Rich, plain
from quizapp.rules.vietnamese import clean, fold
from quizapp.vocabulary import Level

SHORT_MOST = 60


def parse(lines: Sequence[Line]) -> Parsed:
    """Return what the lines of a file hold."""
    parser = Parser(lines)
    for place in range(len(lines)):
        parser.take(place)
    parser.keys.close()
    parser.parsed.lists = [each for each in parser.keys.lists if each]
    return parser.parsed


class Parser:
    """Goes through lines once; `look` tells what comes after a line."""

    def __init__(self, lines: Sequence[Line]):
        self.lines = [line for line in lines]
        self.look = Outlook(self.lines)
        self.parsed = Parsed()
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
        if line.role:
            self._by_role(line)
        elif self.in_keys and not self.look.begins_question(place, in_keys=True) and self._key(place, line):
            pass
        elif self._question(place, line) or self._heading(place, line) or self._list_of_keys(place, line):
            self.in_keys = self.in_keys and self.now is None
        elif self.now is None:
            self._before(place, line)
        else:
            self._inside(self.now, place, line)

    # What begins something

    def _question(self, place: int, line: Line) -> bool:
        if not self.look.begins_question(place, self.now, self.part):
            return False
        found = self.look.label(place)
        text = line.text[found.end() :] if found else line.text
        self.begin(int(found["n"]) if found and not self._sub(found) else None, line, found[0] if found else "")
        if found and "brackets" in found.re.groupindex:
            self._brackets(found["brackets"])
        assert self.now is not None  # noqa: S101 - begun above
        self._stem(self.now, place, line.but(text))
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
        if found := labels.RANGE.match(text) if not self._in_stem() else None:
            self.shared, self.shared_until, self.now = [text], int(found[2]), None
            return True
        if labels.PASSAGE.match(text) and not self._in_stem() and self.look.question_soon(place):
            self.shared, self.shared_until, self.now = [text], 0, None
            return True
        topic = labels.TOPIC.match(text)
        found = labels.HEADING.match(text)
        if self._in_stem() and not (line.heading and found) or self.look.is_option_of(place, self.now):
            return False
        if line.auto and not line.heading and not found:
            return False
        if not (found or topic or line.heading) or len(text) > 160 or text.endswith("?"):
            return False
        self._begin_part(text, found["title"] if found else topic["rest"] if topic else text, bool(topic))
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
        pairs = pairs_of(text)
        if pairs and (
            len(pairs) >= 3
            or (self.now is None or self.now.mode != "stem" and self.now.style != "1")
            and self.look.ends(place)
        ):
            self.in_keys, self.now = True, None
            self.keys.add(pairs, line.where)
            return True
        return False

    def _begin_keys(self) -> None:
        self.in_keys, self.now = True, None
        self.keys.part()

    def _key(self, place: int, line: Line) -> bool:
        """Take a line of a list of keys."""
        text = line.shown
        if not pairs_of(text) and (labels.HEADING.match(text) or line.heading):
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
        elif line.role == "answer":
            found = labels.KEYS.match(line.shown)
            key = Key(labels.letters_of(found["keys"])) if found and not found["rest"] else Key(text=line.shown)
            now.answers.append(key)
        elif line.role == "level":
            now.level = labels.level_of(line.shown)
        elif line.role == "marks":
            now.marks = labels.hundredths(line.shown)
        elif line.role == "topic":
            now.topic = line.shown
            self.parsed.topics[fold_name(now.topic)] = now.topic
        elif line.role in ("explanation", "source"):
            getattr(now, line.role).append(line.shown)

    # Lines within a question

    def _before(self, place: int, line: Line) -> None:
        if self.shared and not self.look.begins_question(place, None, self.part):
            self.shared.append(line.shown)

    def _inside(self, now: Found, place: int, line: Line) -> None:
        now.original.append(line.shown)
        if now.choices and self._options(now, place, line):
            return
        if self._said(now, place, line) or self._options(now, place, line) or self._truth(now, line):
            return
        text = line.shown
        if now.mode != "stem" and now.mode != "option":
            getattr(now, now.mode).append(text)
        elif not now.choices:
            self._stem(now, place, line)
        else:
            self._after_options(now, line)

    def _stem(self, now: Found, place: int, line: Line) -> None:
        """Take a line of a stem, with options and an answer that stand in it."""
        text = self._without_brackets(line.text)
        if line.cells:
            now.doubt("câu có bảng; bảng đã được ghi thành chữ, xin xem lại")
        following = label_at_start(self.look.next_text(place))
        found, sure = options_in_stem(text.text, following.letter if following else "")
        if found:
            stem = text[: found[0].start]
            self._take_options(now, text, found, sure)
        else:
            stem = text
            if at_end := labels.AT_END.search(stem.text):
                now.answers.append(Key(labels.letters_of(at_end["keys"]), where=line.where))
                stem = stem[: at_end.start()]
        if stem:
            now.stem.append(stem)

    def _said(self, now: Found, place: int, line: Line) -> bool:
        """Take a line that says what it is: an answer, an explanation, a source, a level."""
        text = line.shown
        if found := labels.SUGGESTED.match(text):
            now.mode = "suggested"
        elif (key := labels.answer_of(text)) is not None:
            self._answer(now, key, line)
            return True
        elif found := labels.LEVEL.match(text):
            now.level = labels.level_of(found["rest"])
            return True
        elif found := labels.EXPLAINS.match(text):
            now.mode = "explanation"
        elif found := labels.SOURCE.match(text) or (labels.SOURCE_BARE.match(text) if now.choices else None):
            now.mode = "source"
        if now.mode == "explanation" and (end := labels.IN_REASON.search(text)):
            now.answers.append(Key(end[1], where=line.where))
        if found and (rest := clean(found["rest"])):
            getattr(now, now.mode).append(rest)
        return bool(found)

    def _answer(self, now: Found, key: Key, line: Line) -> None:
        if not key.letters and not key.text:
            now.mode = "suggested"
            return
        now.answers.append(Key(key.letters, key.text, key.rest, line.where))
        if key.rest:
            now.explanation.append(key.rest)
        now.mode = "explanation" if key.letters or len(key.text) < SHORT_MOST else "suggested"

    def _options(self, now: Found, place: int, line: Line) -> bool:
        """Take the options that a line begins with."""
        if now.mode not in ("stem", "option"):
            return False
        found = label_at_start(line.text.text)
        if found is None:
            return self._other_options(now, place, line)
        style = f"{'a' if found.style.small else 'A'}"
        if now.choices and now.style in ("a", "1", "•") and style == "A" and found.letter == "A":
            self._were_stem(now)
        if not self._fits(now, found, style):
            return False
        following = label_at_start(self.look.next_text(place))
        linked, sure = chain(line.text.text, found, following.letter if following else "")
        now.style = style
        self._take_options(now, line.text, linked, sure, auto=line.auto >= found.end)
        return True

    def _fits(self, now: Found, found: Label, style: str) -> bool:
        """Tell whether a label may be the next option's; a letter that is left out or comes twice is doubted."""
        count = len(now.choices)
        if not count:
            return found.letter == "A"
        if style != now.style or count >= len(LETTERS):
            return False
        expected = LETTERS[count]
        if found.letter != expected:
            if found.letter == "A" and count > 1 or abs(LETTERS.index(found.letter) - count) > 1:
                return False
            now.doubt(f"sau phương án {LETTERS[count - 1]} là “{found.letter}”, không phải “{expected}”")
        return True

    def _take_options(self, now: Found, text: Rich, found: Sequence[Label], sure: bool, *, auto: bool = False) -> None:
        if not sure:
            now.doubt("không rõ các phương án trên một dòng tách nhau ở đâu")
            now.keyless.append("không rõ ranh giới các phương án")
        now.style = "a" if found[0].style.small else "A"
        for label, front, body in cut(text, [*found]):
            is_last = label is found[-1]
            if is_last and (at_end := labels.AT_END.search(body.text)) and body.text[: at_end.start()].strip():
                now.answers.append(Key(labels.letters_of(at_end["keys"])))
                body = body[: at_end.start()]
            now.choices.append(Choice(label.letter, front, body, label.starred, auto))
        now.mode = "option"

    def _other_options(self, now: Found, place: int, line: Line) -> bool:
        """Take options that are numbered 1 to 8, or only have bullets."""
        found = labels.NUMBERED.match(line.text.text)
        count = len(now.choices)
        if found and now.style in ("", "1") and int(found["n"]) == count + 1:
            if count or self.look.numbered_options(place):
                body = line.text[found.end() :]
                starred = bool((found["star"] or "").strip())
                now.choices.append(Choice(LETTERS[count], line.text[: found.end()], body, starred, line.auto > 0))
                now.style, now.mode = "1", "option"
                return True
        if line.bullet and now.style in ("", "•") and count < len(LETTERS):
            if count or self.look.bulleted_options(place):
                now.choices.append(Choice(LETTERS[count], Rich(), line.text, auto=True))
                now.style, now.mode = "•", "option"
                return True
        return False

    def _were_stem(self, now: Found) -> None:
        """Small letters or numbers were items of the stem: the real options come only now."""
        now.stem += [choice.label + choice.text for choice in now.choices]
        now.choices, now.style = [], ""

    def _truth(self, now: Found, line: Line) -> bool:
        found = labels.TRUTH_LINE.match(line.text.text)
        if not found or now.choices or now.mode != "stem":
            return False
        for number, (letter, bounds) in enumerate(zip("AB", (found.span(1), found.span(2)), strict=True)):
            before = line.text.text[: bounds[0]] if not number else line.text.text[found.end(1) : bounds[0]]
            ticked = "☑" in before or "☒" in before or "■" in before
            now.choices.append(Choice(letter, Rich(), line.text[bounds[0] : bounds[1]], ticked))
        now.style, now.mode = "A", "option"
        return True

    def _after_options(self, now: Found, line: Line) -> None:
        """Take a line after options: the rest of the last one, or nobody knows what."""
        last = now.choices[-1]
        text = line.text
        goes_on = (
            line.soft or text.text.lstrip()[:1].islower() or not last.text or last.text.text.rstrip()[-1:] in ",;("
        )
        if at_end := labels.AT_END.search(text.text):
            now.answers.append(Key(labels.letters_of(at_end["keys"]), where=line.where))
            text = text[: at_end.start()]
        if not text or not re.search(r"[\w\ufffc]", text.text) or outlook.IS_END.fullmatch(fold(line.shown)):
            return
        if not goes_on and line.text.objects and not re.search(r"\w", text.text):
            now.doubt("không rõ hình sau phương án cuối thuộc về đâu")
        elif not goes_on:
            now.doubt(f"không rõ đoạn “{line.shown[:80]}” sau các phương án thuộc về đâu")
            return
        last.text = last.text + plain(" ") + text

    # What stands in brackets

    def _brackets(self, text: str) -> None:
        assert self.now is not None  # noqa: S101 - called with a question only
        for found in labels.BRACKET.finditer(text):
            if found["marks"]:
                self.now.marks = labels.hundredths(found["marks"])
            else:
                self.now.level = labels.level_of(found["level"]) or Level.EASY

    def _without_brackets(self, text: Rich) -> Rich:
        """Return a stem without marks and level in brackets at its start or end, which are noted."""
        while (found := labels.BRACKET.match(text.text.lstrip())) and text:
            self._brackets(found[0])
            text = text[len(text.text) - len(text.text.lstrip()) + found.end() :]
            text = text[len(text.text) - len(text.text.lstrip(" .:")) :]
        for found in [*labels.BRACKET.finditer(text.text)][-1:]:
            if not text.text[found.end() :].strip(" ."):
                self._brackets(found[0])
                text = text[: found.start()]
        return text
