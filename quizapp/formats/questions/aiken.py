"""Reads Aiken: a question, its options by letter, a line ANSWER: with one letter; ĐÁP ÁN: will do as well."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quizapp.formats.questions.apart import QuestionFile, apart
from quizapp.formats.questions.cleaning import look_alikes
from quizapp.formats.questions.drafts import OptionDraft, QuestionDraft, QuestionProblem, Reading
from quizapp.formats.questions.lettering import decoded, tidy
from quizapp.formats.workbook import refused
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import QuestionKind

OPTION = re.compile(r"\(?([A-Za-z])\s?[).](\s*)(.*)")
ANSWER = re.compile(r"(?:ANSWER|ĐÁP ÁN|DAP AN|TRẢ LỜI)(?: ĐÚNG)?\s*[:：](.*)", re.IGNORECASE)
LETTER = re.compile(r"([A-Za-z])[.)]?(?:\s+(.+))?")
LETTERS = re.compile(r"[A-Za-z](?:\s*(?:[,;&+/]|và|and|hoặc|or)?\s*[A-Za-z])+", re.IGNORECASE)
COMMENT = re.compile(r"(?:FEEDBACK|EXPLANATION|GIẢI THÍCH|LỜI GIẢI)\s*:(.*)", re.IGNORECASE)
NUMBER = re.compile(r"(?:Q\s?)?(\d{1,3})\s?[.):]\s+(?=\S)", re.IGNORECASE)
LABEL = re.compile(r"(?:câu(?: hỏi)?|bài|question)\s+\d{1,4}\s*[.:)]\s*(?=\S)", re.IGNORECASE)
NOTHING = "tệp không có câu hỏi nào theo định dạng Aiken (phương án A) B) … và dòng ANSWER:). Xin chọn định dạng khác."
NO_STEM = "có phương án hoặc dòng ANSWER mà không có câu hỏi ở trên; xin kiểm tra các dòng trước đó"
NO_OPTIONS = "câu không có phương án A) B) … ở dưới; xin thêm phương án và dòng ANSWER:"
FEW = "câu chỉ có một phương án; cần ít nhất hai phương án"
NO_ANSWER = "chưa có dòng ANSWER: (hoặc ĐÁP ÁN:)"
TORN = "trong câu có dòng trống; xin xem các đoạn có cùng thuộc một câu không"


@dataclass
class Found:
    """A question while its lines come in."""

    row: int
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)  # letter, text
    answers: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    is_torn: bool = False

    @property
    def next_letter(self) -> str:
        return chr(ord(self.options[-1][0]) + 1) if self.options else "A"


def read_file(file: QuestionFile) -> Reading:
    """Return the questions of an Aiken file."""
    drafts: list[QuestionDraft] = []
    problems: list[QuestionProblem] = []
    every = [*_found(decoded(file.data))]
    _drop_numbers(every)
    for n, found in enumerate(every, start=1):
        if wrong := _wrong(found):
            problems.append(QuestionProblem(n, f"dòng {found.row}", wrong))
        else:
            drafts.append(_draft(found, n))
    if not any(each.options or each.flagged for each in drafts) and not problems:
        raise refused(NOTHING)
    evidence = [f"Định dạng Aiken: {len(drafts)} câu; đáp án nhận theo dòng ANSWER: hoặc ĐÁP ÁN:."]
    if unclear := sum(each.flagged for each in drafts):
        evidence.append(f"{unclear} câu chưa rõ, cần người xem lại.")
    return Reading(tuple(drafts), tuple(problems), evidence=tuple(evidence))


read = apart(read_file)


def _found(text: str) -> Iterator[Found]:
    """Give each question with its lines; a question ends with its answer, or where another one begins."""
    found: Found | None = None
    lines = [clean(line) for line in text.split("\n")]
    for place, line in enumerate(lines):
        after_blank = place > 0 and not lines[place - 1]
        if not line:
            continue
        answer, option = ANSWER.fullmatch(line), OPTION.fullmatch(look_alikes(line))
        if found and (_is_over(found, lines, place) if found.answers else _is_other_question(found, lines, place)):
            yield found
            found = None
        found = found or Found(place + 1)
        found.lines.append(line)
        if answer:
            found.answers.append(answer[1].strip())
        elif found.answers:
            comment = COMMENT.fullmatch(line)
            found.comment.append(comment[1] if comment else line)
        elif option and _is_option(found, option):
            found.options.append((option[1].upper(), line[option.start(3) :]))
        else:
            _add_text(found, line, after_blank=after_blank)
    if found:
        yield found


def _drop_numbers(every: Sequence[Found]) -> None:
    """Take the numbers of questions away, 1. 2. 3., where all questions are numbered one after the other."""
    numbers = [NUMBER.match(found.stem[0]) if found.stem else None for found in every]
    counted = [int(each[1]) for each in numbers if each]
    if len(counted) == len(every) > 1 and counted == [*range(counted[0], counted[0] + len(every))]:
        for found, number in zip(every, numbers, strict=True):
            found.stem[0] = found.stem[0][number.end() if number else 0 :]


def _add_text(found: Found, line: str, *, after_blank: bool) -> None:
    begun = bool(found.stem or found.options)
    found.is_torn = found.is_torn or (after_blank and begun)
    if found.options:
        letter, text = found.options[-1]
        found.options[-1] = letter, f"{text}\n{line}"
    else:
        found.stem.append(line)


def _is_option(found: Found, option: re.Match[str]) -> bool:
    """Return whether a line is an option: with the letter that is due, or with any where a blank follows its sign."""
    letter = option[1].upper()
    if letter == found.next_letter and (option[1].isupper() or found.options or option[2]):
        return bool(found.stem or found.options or option[2])
    return bool(option[2]) and option[1].isupper() and bool(found.options)


def _is_over(found: Found, lines: Sequence[str], place: int) -> bool:
    """Return whether a question with its answer ends before a line that is neither answer nor comment."""
    after_blank = place > 0 and not lines[place - 1]
    if ANSWER.fullmatch(lines[place]) or (COMMENT.fullmatch(lines[place]) and not after_blank):
        return False
    end = next((at for at in range(place, len(lines)) if not lines[at]), len(lines))
    return not found.comment or after_blank or _begins(lines[:end], place)


def _is_other_question(found: Found, lines: Sequence[str], place: int) -> bool:
    """Return whether a question without an answer ends here: options begin anew before any answer comes."""
    line = lines[place]
    if not found.options:
        return False
    option = OPTION.fullmatch(look_alikes(line))
    if ANSWER.fullmatch(line) or (option and _is_option(found, option)):
        return False
    return _begins(lines, place)


def _begins(lines: Sequence[str], place: int) -> bool:
    """Return whether the lines from here on are a stem: text, then an option A before any answer."""
    for line in lines[place : place + 40]:
        option = OPTION.fullmatch(look_alikes(line))
        if ANSWER.fullmatch(line):
            return False
        if option and option[1].upper() == "A":
            return True
    return False


def _wrong(found: Found) -> str:
    if not found.stem:
        return NO_STEM
    if not found.options:
        return NO_OPTIONS
    return FEW if len(found.options) < 2 else ""


def _draft(found: Found, n: int) -> QuestionDraft:
    right, whys = _right(found)
    if found.is_torn:
        whys.append(TORN)
    stem = tidy("\n".join(found.stem))
    return QuestionDraft(
        kind=QuestionKind.SINGLE,
        prompt=LABEL.sub("", stem, count=1) if LABEL.match(stem) else stem,
        options=tuple(OptionDraft(tidy(text), right=letter == right) for letter, text in found.options),
        explanation=tidy("\n".join(found.comment)),
        flagged=bool(whys),
        why="; ".join(whys),
        n=n,
        row=found.row,
        original="\n".join(found.lines),
    )


def _right(found: Found) -> tuple[str, list[str]]:
    """Return the letter of the right option, '' when it is not sure, and what is wrong with it."""
    letters = [letter for letter, _ in found.options]
    texts = [tidy(text) for _, text in found.options]
    if letters != [chr(ord("A") + place) for place in range(len(letters))]:
        return "", [f"chữ cái của phương án không theo thứ tự: {', '.join(letters)}"]
    if not all(texts) or len(set(texts)) < len(texts):
        return "", ["có phương án trống hoặc hai phương án giống nhau"]
    if not found.answers:
        return "", [NO_ANSWER]
    given = [look_alikes(each) for each in found.answers]
    if len(given) > 1:
        return "", [f"có {len(given)} dòng đáp án: {'; '.join(given)}"]
    answer = LETTER.fullmatch(given[0])
    if not answer:
        what = "có nhiều chữ cái" if LETTERS.fullmatch(given[0]) else "không phải một chữ cái"
        return "", [f"đáp án “{given[0]}” {what}; định dạng này chỉ có một đáp án"]
    letter = answer[1].upper()
    if letter not in letters:
        return "", [f"đáp án là {letter} nhưng không có phương án {letter}"]
    if answer[2] and tidy(answer[2]) != texts[letters.index(letter)]:
        return "", [f"đáp án “{given[0]}” không khớp với phương án {letter}"]
    return letter, []
