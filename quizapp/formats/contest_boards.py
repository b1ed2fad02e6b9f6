"""The boards of a contest file: sections → `BoardRules`, and back."""

from collections.abc import Sequence
from typing import Any

from quizapp.formats import contest_values as values
from quizapp.formats.marked_section import Section
from quizapp.formats.spelt_words import spelt
from quizapp.rules.contest_rules import BoardRules, OnlyIf, Weight, board_title, usual_boards
from quizapp.rules.round_rules import RoundRules
from quizapp.vocabulary import Counting, Measure, StandingsOf, TieBreak, UnionKind

MOST_MARKS = 100_000_00
MOST_WEIGHT = 10_000_00
MOST_K = 100_000
THE_MEASURE = "measure"  # in a union's order: what it is ranked by, which always comes first
OF_UNIONS = ("level", "measure", "weights", "top_k", "k")
ONLY_PEOPLE = ("all_right", "min_mark")
ONLY_UNIONS = ("rate_over", "mean_marks_over")


def read_boards(section: Section, rounds: Sequence[RoundRules]) -> tuple[BoardRules, ...]:
    parts = section.sections("standings")
    boards = tuple(_board(part, rounds) for part in parts)
    values.refuse_twins(parts, [each.key for each in boards])
    return boards or usual_boards(rounds)


def write_board(board: BoardRules) -> dict[str, Any]:
    written: dict[str, Any] = {
        "key": board.key,
        "title": board.title,
        "of": board.of.value,
        "rounds": "all" if board.rounds is None else list(board.rounds),
        "combine": board.combine.value,
    }
    if board.by_division:
        written["by_division"] = True
    if only_if := _written_only_if(board.only_if):
        written["only_if"] = only_if
    if board.of is StandingsOf.PEOPLE:
        return written | {"order": [each.value for each in board.order]}
    written["level"] = board.level.name.lower()
    if board.weights:
        written["weights"] = {each.measure.value: values.decimal(each.hundredths) for each in board.weights}
    else:
        written["measure"] = board.measure.value
    if board.top_k is not None:
        written["top_k"] = board.top_k
    if board.union_order:
        written["order"] = [THE_MEASURE, *(each.value for each in board.union_order)]
    return written


def _board(section: Section, rounds: Sequence[RoundRules]) -> BoardRules:
    of = section.word("of", StandingsOf, StandingsOf.PEOPLE)
    usual = BoardRules(key="", title="", of=of)
    chosen = _rounds_of(section, [each.key for each in rounds])
    order, level, measure = usual.order, usual.level, usual.measure
    weights, union_order, top_k = usual.weights, usual.union_order, usual.top_k
    if of is StandingsOf.PEOPLE:
        order = section.words("order", TieBreak, order)
        for key in OF_UNIONS:
            section.refuse(key, f"khóa “{key}” chỉ dùng cho bảng đơn vị (of: unions)")
    else:
        level = section.word("level", UnionKind, level)
        weights = _weights(section)
        measure = section.word("measure", Measure, measure)
        union_order = _union_order(section)
        top_k = _top_k(section, {measure, *(each.measure for each in weights), *union_order})
    titles = [each.title for each in rounds if chosen and each.key in chosen]
    return BoardRules(
        key=values.name(section, "key"),
        title=section.text("title", _title(of, measure, titles, is_weighted=bool(weights))),
        of=of,
        rounds=chosen,
        combine=section.word("combine", Counting, usual.combine),
        order=order,
        level=level,
        measure=measure,
        by_division=values.flag(section, "by_division"),
        only_if=_only_if(section.section("only_if"), of),
        top_k=top_k,
        weights=weights,
        union_order=union_order,
    )


def _title(of: StandingsOf, measure: Measure, rounds: Sequence[str], *, is_weighted: bool) -> str:
    title = board_title(of, measure, rounds)
    return title.replace(measure.label, "điểm tổng hợp", 1) if is_weighted else title


def _rounds_of(section: Section, known: Sequence[str]) -> tuple[str, ...] | None:
    chosen = section.texts("rounds", ("all",))
    if chosen == ("all",):
        return None
    if strange := [key for key in chosen if key not in known]:
        section.wrong("rounds", f"không có đợt thi “{strange[0]}”; xin ghi all hoặc chọn trong [{', '.join(known)}]")
    return chosen


def _weights(section: Section) -> tuple[Weight, ...]:
    if not values.is_given(section, "weights"):
        return ()
    if values.is_given(section, "measure"):
        section.wrong("weights", "chỉ ghi một trong hai: measure hoặc weights")
    weights = section.section("weights")
    found = (values.mark(weights, each.value, most=MOST_WEIGHT) for each in Measure)
    return tuple(Weight(each, value) for each, value in zip(Measure, found, strict=True) if value is not None)


def _union_order(section: Section) -> tuple[Measure, ...]:
    """`measure` may stand first, where it always is; the rest breaks ties."""
    names = [each.lower() for each in section.texts("order")]
    if THE_MEASURE in names[1:]:
        section.wrong("order", "“measure” chỉ đứng đầu; xin chuyển lên đầu hoặc bỏ đi")
    rest = [(each, spelt(each, Measure)) for each in names if each != THE_MEASURE]
    if strange := [each for each, measure in rest if measure is None]:
        section.wrong("order", f"“{strange[0]}” không dùng được ở đây; xin chọn trong: measure, {', '.join(Measure)}")
    return tuple(measure for _, measure in rest if measure)


def _top_k(section: Section, measures: set[Measure]) -> int | None:
    key = "k" if values.is_given(section, "k") else "top_k"
    if key == "k" and values.is_given(section, "top_k"):
        section.wrong("k", "đã ghi “top_k”; xin bỏ một dòng")
    top_k = values.count(section, key, most=MOST_K)
    if top_k is None and Measure.TOP_K_MEAN in measures:
        section.wrong(key, "thiếu khóa “top_k”; xin ghi tính bao nhiêu người cao điểm nhất")
    if top_k is not None and Measure.TOP_K_MEAN not in measures:
        section.wrong(key, "chỉ dùng với measure: top_k_mean; xin bỏ dòng này")
    return top_k


def _only_if(section: Section, of: StandingsOf) -> OnlyIf:
    strange, whose = (ONLY_UNIONS, "đơn vị (of: unions)") if of is StandingsOf.PEOPLE else (ONLY_PEOPLE, "cá nhân")
    for key in strange:
        section.refuse(key, f"khóa “{key}” chỉ dùng cho bảng {whose}")
    if of is StandingsOf.PEOPLE:
        return OnlyIf(
            all_right=values.flag(section, "all_right"), least_mark=values.mark(section, "min_mark", most=MOST_MARKS)
        )
    return OnlyIf(
        rate_over=values.share(section, "rate_over"),
        mean_over=values.mark(section, "mean_marks_over", most=MOST_MARKS),
    )


def _written_only_if(rule: OnlyIf) -> dict[str, Any]:
    written = {
        "all_right": rule.all_right or None,
        "min_mark": None if rule.least_mark is None else values.decimal(rule.least_mark),
        "rate_over": None if rule.rate_over is None else values.write_share(rule.rate_over),
        "mean_marks_over": None if rule.mean_over is None else values.decimal(rule.mean_over),
    }
    return {key: value for key, value in written.items() if value is not None}
