"""Lists of keys → the questions that they are for: by number, by part where numbers begin anew, never by guess."""

from collections.abc import Sequence

from quizapp.formats.questions.drafts import QuestionProblem
from quizapp.formats.questions.found import Entry, Found, Parsed
from quizapp.rules.vietnamese import clean

TWICE = "số câu được đánh lại từ đầu ở mỗi phần, chưa biết danh sách đáp án ứng với phần nào"
Numbers = dict[int, list[Found]]


def attach(parsed: Parsed) -> list[QuestionProblem]:
    """Give questions the keys that lists have for them; return keys for which there is no question."""
    lists = [entries for entries in parsed.lists if entries]
    if not lists:
        return []
    runs = _runs(parsed.questions)
    if len(runs) < 2 or not _overlap(runs):
        merged: Numbers = {}
        for run in runs:
            for number, found in run.items():
                merged.setdefault(number, []).extend(found)
        return [problem for entries in lists for problem in _give(entries, merged)]
    same = [[(entry.number, entry.key.said) for entry in entries] for entries in lists]
    asked = _runs([each for each in parsed.questions if each.choices])
    for candidates in (runs, asked):
        # One list that stands there twice is not one for each part.
        if (
            len(candidates) == len(lists)
            and (len(same) < 2 or same[0] not in same[1:])
            and all(_fit(*each) for each in zip(lists, candidates, strict=True))
        ):
            for entries, run in zip(lists, candidates, strict=True):
                _give(entries, run)
            return []
    for question in parsed.questions:
        question.keyless.append(TWICE)
        question.doubt(TWICE)
    return []


def _runs(questions: Sequence[Found]) -> list[Numbers]:
    runs: dict[int, Numbers] = {}
    for question in questions:
        if question.number is not None:
            runs.setdefault(question.run, {}).setdefault(question.number, []).append(question)
    return [*runs.values()]


def _overlap(runs: Sequence[Numbers]) -> bool:
    numbers = [number for run in runs for number in run]
    return len(set(numbers)) < len(numbers)


def _fit(entries: Sequence[Entry], run: Numbers) -> bool:
    return {entry.number for entry in entries} <= run.keys()


def _give(entries: Sequence[Entry], run: Numbers) -> list[QuestionProblem]:
    problems = []
    for entry in entries:
        found = run.get(entry.number, [])
        if not found:
            what = (
                f"có đáp án “{entry.key.said}” cho câu {entry.number} nhưng không thấy câu này; xin xem câu có bị "
                f"sót không"
            )
            problems.append(QuestionProblem(0, entry.key.where or "danh sách đáp án", what))
        for question in found:
            if len(found) > 1:
                why = f"có {len(found)} câu cùng số {entry.number}, chưa biết đáp án trong danh sách là của câu nào"
                question.keyless.append(why)
                question.doubt(why)
            question.listed.append(entry.key)
            lines = clean(" ".join(entry.lines))
            if lines and lines not in question.explanation:
                question.explanation.append(lines)
    return problems
