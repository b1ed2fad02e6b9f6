"""The lines of one question: its stem, options, answer, explanation, and what stands among them."""

import re
from collections.abc import Sequence
from itertools import takewhile

from quizapp.formats.questions import labels, outlook
from quizapp.formats.questions.found import Choice, Found
from quizapp.formats.questions.labels import LETTERS, Key
from quizapp.formats.questions.lines import Line
from quizapp.formats.questions.options import WIDE, Label, chain, cut, label_at_start, options_in_stem
from quizapp.formats.questions.outlook import Outlook
from quizapp.formats.questions.rich import Rich, plain
from quizapp.rules.vietnamese import clean, fold
from quizapp.vocabulary import Level

SHORT_MOST = 60


class Within:
    """Takes the lines of a question; `look` tells what comes after a line."""

    def __init__(self, look: Outlook):
        self.look = look

    def take(self, now: Found, place: int, line: Line) -> None:
        """Take a line for what it is."""
        now.original.append(line.shown)
        if now.choices and self._options(now, place, line):
            return
        if self._said(now, place, line) or self._options(now, place, line) or self._truth(now, line):
            return
        text = line.shown
        if now.choices and now.mode == "suggested" and not now.answers and (key := labels.KEYS.match(text)):
            self._answer(now, Key(labels.letters_of(key["keys"]), rest=clean(key["rest"] or "")), line)
        elif now.mode != "stem" and now.mode != "option":
            if line.text.objects:
                now.doubt("hình trong lời giải chưa lấy được; xin thêm lại nếu cần")
            getattr(now, now.mode).append(text)
        elif not now.choices:
            self.stem(now, place, line)
        else:
            self._after_options(now, line)

    def stem(self, now: Found, place: int, line: Line) -> None:
        """Take a line of a stem, with options and an answer that stand in it."""
        text = self._without_brackets(now, line.text)
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
        elif found := labels.SOURCE.match(text) or (
            labels.SOURCE_BARE.match(text) if now.choices and now.mode == "option" else None
        ):
            now.mode = "source"
        if now.mode in ("explanation", "source") and (end := labels.IN_REASON.search(text)):
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
        comes_late = now.mode == "explanation" and not now.choices and not now.explanation
        if now.mode not in ("stem", "option") and not comes_late:
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
        if now.alone and len(now.choices) > 1:
            # In a list with an option a line, 'D. Học thuyết của E. Kant' is one option.
            linked = [linked[0], *takewhile(lambda each: WIDE.search(line.text.text[: each.start]), linked[1:])]
            sure = sure or len(linked) == 1
        now.alone = now.alone and len(linked) < 2
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
            if (found.letter == "A" and count > 1) or abs(LETTERS.index(found.letter) - count) > 1:
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
        count = len(now.choices)
        found = labels.NUMBERED.match(line.text.text)
        follows = found is not None and int(found["n"]) == count + 1
        begins = self.look.numbered_options(place) and not labels.ESSAY_PART.search(now.part)
        if found and follows and (now.style == "1" or (not now.style and begins)):
            body, starred = line.text[found.end() :], bool((found["star"] or "").strip())
            now.choices.append(Choice(LETTERS[count], line.text[: found.end()], body, starred, line.auto > 0))
            now.style, now.mode = "1", "option"
            return True
        begins = line.bullet and not labels.ESSAY_PART.search(now.part) and self.look.bulleted_options(place)
        if line.bullet and count < len(LETTERS) and (now.style == "•" or (not now.style and begins)):
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
        if not text or not re.search(r"[\w\ufffc]", text.text):
            return
        if outlook.IS_END.fullmatch(fold(line.shown)) and not text.objects:
            return
        if not goes_on and line.text.objects and not re.search(r"\w", text.text):
            now.doubt("không rõ hình sau phương án cuối thuộc về đâu")
        elif not goes_on:
            now.doubt(f"không rõ đoạn “{line.shown[:80]}” sau các phương án thuộc về đâu")
            return
        last.text = last.text + plain(" ") + text

    def brackets(self, now: Found, text: str) -> None:
        """Note the marks and the level of brackets."""
        for found in labels.BRACKET.finditer(text):
            if found["marks"]:
                now.marks = labels.hundredths(found["marks"])
            else:
                now.level = labels.level_of(found["level"]) or Level.EASY

    def _without_brackets(self, now: Found, text: Rich) -> Rich:
        """Return a stem without marks and level in brackets at its start or end, which are noted."""
        while (found := labels.BRACKET.match(text.text.lstrip())) and text:
            self.brackets(now, found[0])
            text = text[len(text.text) - len(text.text.lstrip()) + found.end() :]
            text = text[len(text.text) - len(text.text.lstrip(" .:")) :]
        for found in [*labels.BRACKET.finditer(text.text)][-1:]:
            if not text.text[found.end() :].strip(" ."):
                self.brackets(now, found[0])
                text = text[: found.start()]
        return text
