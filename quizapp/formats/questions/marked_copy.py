"""A paper with its key marked, as the separate file of keys → the keys of the questions that read the same."""

from collections.abc import Iterator, Sequence

from quizapp.formats.questions.found import Found, Parsed
from quizapp.formats.questions.judging import judge
from quizapp.formats.questions.labels import LETTERS, TRUTH_END, Key
from quizapp.formats.questions.matching import attach
from quizapp.formats.questions.schemes import Schemes, decide
from quizapp.formats.questions.statements import statements_of
from quizapp.rules.vietnamese import clean

WHERE = "tệp đáp án"
Signature = tuple[str, frozenset[str]]


def take_keys(questions: Sequence[Found], copy: Parsed) -> int:
    """Give questions the keys that a marked copy has for them, by their texts; return how many have one."""
    attach(copy)
    schemes = decide(copy.questions)
    marked: dict[Signature, list[Found]] = {}
    for each in copy.questions:
        marked.setdefault(_signature(each), []).append(each)
    return sum(_take(question, marked.get(_signature(question), []), schemes) for question in questions)


def _take(question: Found, same: Sequence[Found], schemes: Schemes) -> bool:
    before = len(question.listed)
    for each in same:
        keys = [*_keys(question, each, schemes)]
        question.listed += [key for key in keys if key not in question.listed]
        if not keys:
            question.doubt("câu này có trong tệp đáp án nhưng ở đó chưa rõ đáp án")
    return len(question.listed) > before


def _keys(question: Found, copy: Found, schemes: Schemes) -> Iterator[Key]:
    """Give the key of a copy of a question in the letters of the question itself."""
    if copy.keyless:
        return
    if not question.choices:
        question.suggested += [each for each in copy.suggested if each not in question.suggested]
        yield from (*copy.answers, *copy.listed)
        return
    places = {_bare(choice.unstarred[0].shown): place for place, choice in enumerate(question.choices)}
    told = statements_of(copy, schemes)
    if told is not None:
        texts = [_bare(_said(choice.text.shown)) for choice in question.choices]
        if [_bare(text) for text, _, _ in told] == texts and not any(why for _, _, why in told):
            letters = zip(LETTERS, told, strict=False)
            yield Key(text=" ".join(f"{letter}) {'Đ' if each[1] else 'S'}" for letter, each in letters), where=WHERE)
        return
    right = judge(copy, schemes).right
    letters_right = {question.choices[places[_bare(copy.choices[place].unstarred[0].shown)]].letter for place in right}
    if right:
        yield Key("".join(sorted(letters_right)), where=WHERE)


def _said(text: str) -> str:
    found = TRUTH_END.search(text)
    return text[: found.start()] if found else text


def _signature(question: Found) -> Signature:
    """Return what two copies of a question have in common; options that cannot be told apart have no copy."""
    texts = [_bare(_said(choice.unstarred[0].shown)) for choice in question.choices]
    if not question.prompt or len(set(texts)) < len(texts) or not all(texts):
        return str(id(question)), frozenset()
    return _bare(question.prompt), frozenset(texts)


def _bare(text: str) -> str:
    return clean(text).casefold().strip(" .;,:")
