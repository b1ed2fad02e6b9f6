"""What in a contest's rules cannot be true together, or cannot be meant as it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from quizapp.rules.contest_rules import BoardRules, ContestRules, DivisionRules, OnlyIf, PrizeRules
from quizapp.rules.round_rules import RoundRules, Sittings
from quizapp.vocabulary import Counting, IdentityField, LimitPer, Measure, ShownWhen, StandingsOf, TieBreak, Weekday

# In the order of `date.weekday()`.
WEEKDAY_WORDS = tuple(each.value for each in Weekday)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Contradiction:
    """path: of the key in a contest file ('rounds.1.closes'); an error keeps the contest from being saved."""

    path: str
    text: str
    is_error: bool = True


def contradictions(rules: ContestRules) -> list[Contradiction]:
    """Return what contradicts itself in a contest's rules, in the file's order; banks and unions are not looked at."""
    zone = ZoneInfo(rules.timezone)
    found = list(_of_contest(rules))
    found += _of_divisions(rules)
    for number, each in enumerate(rules.rounds, start=1):
        found += _of_round(each, f"rounds.{number}", zone)
    for number, board in enumerate(rules.boards, start=1):
        found += _of_board(rules, board, f"standings.{number}")
    for number, prize in enumerate(rules.prizes, start=1):
        found += _of_prize(rules, prize, f"prizes.{number}")
    return found


def _of_contest(rules: ContestRules) -> Iterator[Contradiction]:
    freeze_at, appeals_until = rules.publish.freeze_at, rules.appeals_until
    if not rules.rounds:
        return
    if freeze_at is not None and freeze_at < rules.opens_at:
        yield Contradiction(
            "publish.freeze_at", "bảng xếp hạng dừng trước khi cuộc thi mở; xin ghi thời điểm sau khi đợt thi đầu mở"
        )
    if appeals_until is not None and appeals_until <= rules.closes_at:
        yield Contradiction(
            "appeals.until", "hạn phúc khảo phải sau khi đợt thi cuối cùng đóng; xin ghi ngày giờ muộn hơn"
        )
    shown = [each for each in rules.rounds if each.asks_questions and each.show.result is not ShownWhen.NEVER]
    if appeals_until is not None and not shown:
        yield Contradiction(
            "appeals.until",
            "không đợt thi nào có câu hỏi mà cho xem điểm, nên không ai phúc khảo được; xin đổi “show.result” hoặc bỏ "
            "phúc khảo",
            is_error=False,
        )
    if IdentityField.BIRTH_DATE not in rules.identity and (rules.entrants.least_age or rules.entrants.most_age):
        yield Contradiction(
            "identity", "không hỏi ngày sinh thì không biết ai đủ tuổi; xin thêm birth_date hoặc bỏ “audience.age”"
        )


def _of_divisions(rules: ContestRules) -> Iterator[Contradiction]:
    """The first division that fits is an entrant's, so one that asks no more than an earlier one gets nobody."""
    for number, each in enumerate(rules.divisions, start=1):
        path = f"divisions.{number}"
        for earlier in rules.divisions[: number - 1]:
            if replace(each, key="", title="") == replace(earlier, key="", title="") and not each.chosen:
                yield Contradiction(
                    path, f"giống hệt bảng “{earlier.title}” nên không bao giờ có ai; xin bỏ hoặc đổi điều kiện"
                )
                break
            if not earlier.chosen and _is_within(each, earlier):
                yield Contradiction(
                    path,
                    f"mọi người đủ điều kiện vào bảng này đều đã vào bảng “{earlier.title}” ở trên; xin chuyển bảng "
                    "này lên trước",
                )
                break


def _is_within(later: DivisionRules, earlier: DivisionRules) -> bool:
    """Return whether whoever fits the later fits the earlier, as far as codes tell without the tree of unions."""
    return all(
        not wide or (narrow and set(narrow) <= set(wide))
        for narrow, wide in (
            (later.units, earlier.units),
            (later.kinds, earlier.kinds),
            (later.workplaces, earlier.workplaces),
            (later.roles, earlier.roles),
        )
    )


def _of_round(rules: RoundRules, path: str, zone: ZoneInfo) -> Iterator[Contradiction]:
    yield from _of_sittings(rules, path, zone)
    yield from _of_attempts(rules, path)
    practice = rules.practice
    if practice is not None:
        closes_at = practice.closes_at or rules.closes_at
        if practice.opens_at is not None and practice.opens_at >= closes_at:
            yield Contradiction(f"{path}.practice.opens", "thi thử phải mở trước khi đóng; xin ghi ngày giờ sớm hơn")
        if not practice.draws and not rules.asks_questions:
            yield Contradiction(
                f"{path}.practice", "đợt thi chỉ có bài viết nên không có câu hỏi để thi thử; xin ghi “practice.paper”"
            )
    if rules.prediction is not None and not rules.asks_questions:
        yield Contradiction(
            f"{path}.prediction", "đợt thi chỉ có bài viết nên không có câu hỏi dự đoán; xin bỏ phần này"
        )
    if rules.wrong_mark < -rules.right_mark:
        yield Contradiction(
            f"{path}.marks.wrong", "một câu sai bị trừ nhiều hơn một câu đúng được cộng", is_error=False
        )
    if rules.must_answer_all and rules.wrong_mark:
        yield Contradiction(
            f"{path}.must_answer_all",
            "câu sai bị trừ điểm mà vẫn bắt buộc trả lời đủ, nên người dự thi không thể bỏ trống câu không biết",
            is_error=False,
        )
    if rules.must_answer_all and rules.seconds_per_question is not None:
        yield Contradiction(
            f"{path}.must_answer_all",
            "mỗi câu có giờ riêng và không quay lại được, nên lỡ một câu là cả lượt thi được 0 điểm; xin cân nhắc bỏ",
            is_error=False,
        )


def _of_sittings(rules: RoundRules, path: str, zone: ZoneInfo) -> Iterator[Contradiction]:
    if rules.sittings is None:
        if rules.attempts.per is LimitPer.SITTING:
            yield Contradiction(
                f"{path}.attempts.per",
                "giới hạn theo ca thi mà không có ca thi nào; xin thêm “sittings” hoặc đổi “per”",
            )
        return
    weekdays = rules.sittings.weekdays
    missed = [each for each in weekdays if not _is_met(rules, rules.sittings, each.value, zone)]
    # Every day of the week is no promise of a certain one.
    if missed and (len(weekdays) < len(Weekday) or len(missed) == len(weekdays)):
        yield Contradiction(
            f"{path}.sittings.weekdays",
            f"không có ca thi nào vào {', '.join(each.label for each in missed)} giữa lúc mở và lúc đóng; xin bỏ ngày "
            "đó hoặc đổi “hours”, “opens”, “closes”",
        )


def _is_met(rules: RoundRules, sittings: Sittings, weekday: str, zone: ZoneInfo) -> bool:
    """Return whether a part of a sitting of this weekday lies in the round's window."""
    opens, closes = rules.opens_at.astimezone(zone), rules.closes_at.astimezone(zone)
    midnight = opens.replace(hour=0, minute=0, second=0, microsecond=0)
    for ahead in range(7 + 1):  # the eighth day is the first one's weekday again, of which the morning may be left
        day = midnight + ahead * DAY
        if WEEKDAY_WORDS[day.weekday()] != weekday:
            continue
        for begins, ends in sittings.hours:
            if day + timedelta(minutes=begins) < closes and day + timedelta(minutes=ends) > opens:
                return True
    return False


def _of_attempts(rules: RoundRules, path: str) -> Iterator[Contradiction]:
    wait, limit = rules.attempts.wait, rules.attempts.limit
    if wait is None:
        return
    if limit == 1 and rules.attempts.per in (LimitPer.ROUND, LimitPer.CONTEST):
        yield Contradiction(f"{path}.attempts.wait_minutes", "chỉ có một lượt thi nên không có gì để chờ", False)
    elif wait >= rules.closes_at - rules.opens_at:
        yield Contradiction(
            f"{path}.attempts.wait_minutes", "dài hơn cả đợt thi nên không ai kịp thi lượt thứ hai", is_error=False
        )


def _of_board(rules: ContestRules, board: BoardRules, path: str) -> Iterator[Contradiction]:
    rounds = rules.rounds_of(board)
    if board.by_division and not rules.divisions:
        yield Contradiction(
            f"{path}.by_division", "cuộc thi không chia bảng (divisions); xin thêm “divisions” hoặc bỏ dòng này"
        )
    if board.of is StandingsOf.PEOPLE:
        yield from _of_order(board, rounds, path)
    else:
        yield from _of_unions(rules, board, path)
    yield from _of_only_if(board.only_if, rounds, path)


def _of_order(board: BoardRules, rounds: tuple[RoundRules, ...], path: str) -> Iterator[Contradiction]:
    if TieBreak.PREDICTION in board.order:
        if len(rounds) != 1:
            yield Contradiction(
                f"{path}.order", "câu hỏi dự đoán chỉ xếp hạng được trong bảng của một đợt thi; xin bỏ prediction"
            )
        elif rounds[0].prediction is None:
            yield Contradiction(
                f"{path}.order", f"đợt thi “{rounds[0].title}” không có câu hỏi dự đoán (prediction); xin thêm hoặc bỏ"
            )
    for before, after in pairwise(board.order):
        if before is TieBreak.SUBMITTED_AT:
            yield Contradiction(
                f"{path}.order",
                f"{after.value} đứng sau submitted_at nên hầu như không bao giờ phân định được ai; xin đổi thứ tự",
                is_error=False,
            )


def _of_unions(rules: ContestRules, board: BoardRules, path: str) -> Iterator[Contradiction]:
    measures = [each.measure for each in board.weights] or [board.measure]
    key = "weights" if board.weights else "measure"
    if Measure.WINNERS in (*measures, *board.union_order) and not _people_win(rules):
        yield Contradiction(
            f"{path}.{key if Measure.WINNERS in measures else 'order'}",
            "đếm số giải cá nhân mà cuộc thi không có giải cá nhân nào; xin thêm “prizes” hoặc đổi cách xếp hạng",
        )
    if not board.weights and board.measure in board.union_order:
        yield Contradiction(
            f"{path}.order",
            f"{board.measure.value} đã là tiêu chí chính nên không phân định được đơn vị bằng nhau",
            is_error=False,
        )
    if IdentityField.UNIT not in rules.identity:
        yield Contradiction(
            f"{path}.of", "cuộc thi không hỏi đơn vị (identity), nên chỉ tính được người đã có đơn vị", is_error=False
        )


def _people_win(rules: ContestRules) -> bool:
    of_people = {each.key for each in rules.boards if each.of is StandingsOf.PEOPLE}
    return any(each.board in of_people for each in rules.prizes)


def _of_only_if(rule: OnlyIf, rounds: tuple[RoundRules, ...], path: str) -> Iterator[Contradiction]:
    most = sum(each.max_mark for each in rounds)
    if rule.all_right and not any(each.asks_questions for each in rounds):
        yield Contradiction(f"{path}.only_if.all_right", "các đợt thi của bảng này không có câu hỏi; xin bỏ dòng này")
    # Attempts that are added up may give more than one paper.
    if any(each.attempts.counted is Counting.SUM for each in rounds):
        return
    if rule.least_mark is not None and rule.least_mark > most:
        yield Contradiction(f"{path}.only_if.min_mark", "cao hơn điểm tối đa nên không ai đạt; xin ghi số nhỏ hơn")
    if rule.mean_over is not None and rule.mean_over >= most:
        yield Contradiction(
            f"{path}.only_if.mean_marks_over", "không thấp hơn điểm tối đa nên không đơn vị nào đạt; xin ghi số nhỏ hơn"
        )


def _of_prize(rules: ContestRules, prize: PrizeRules, path: str) -> Iterator[Contradiction]:
    board = next((each for each in rules.boards if each.key == prize.board), None)
    if board is None:
        known = ", ".join(each.key for each in rules.boards)
        yield Contradiction(f"{path}.standings", f"không có bảng xếp hạng “{prize.board}”; xin chọn trong [{known}]")
        return
    if prize.counts and not board.by_division:
        yield Contradiction(
            f"{path}.count", f"bảng xếp hạng “{prize.board}” không chia bảng (by_division: true); xin ghi một số"
        )
        return
    known_keys = [each.key for each in rules.divisions]
    for key, _ in prize.counts:
        if key not in known_keys:
            yield Contradiction(
                f"{path}.count.{key}",
                f"không có bảng “{key}” trong “divisions”; hiện có: {', '.join(known_keys)}",
            )
