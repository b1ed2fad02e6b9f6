"""Prizes as an article of the thể lệ."""

from quizapp.rules.articles import Section
from quizapp.rules.contest_rules import ContestRules, PrizeRules
from quizapp.rules.wording import number
from quizapp.vocabulary import OnePrize, OnTie, PrizeBy

ONE = {
    OnePrize.NO: "Một người được nhận nhiều giải.",
    OnePrize.ROUND: "Mỗi đợt thi, mỗi người chỉ nhận một giải cao nhất; giải còn lại được trao cho người kế tiếp.",
    OnePrize.CONTEST: "Mỗi người chỉ nhận một giải cao nhất; giải còn lại được trao cho người kế tiếp.",
}
ON_TIE = {
    OnTie.ASK: "",
    OnTie.LOT: "; nếu số người bằng nhau nhiều hơn số giải còn lại thì rút thăm",
    OnTie.ALL: "; nếu số người bằng nhau nhiều hơn số giải còn lại thì trao cho tất cả",
}
LOTS = (
    "Việc rút thăm dùng mầm ngẫu nhiên do hệ thống tạo và công bố trước khi cuộc thi kết thúc; ai cũng có thể tính lại "
    "kết quả rút thăm từ mầm đó."
)
ASKED = (
    "Khi số người cùng hạng nhiều hơn số giải còn lại mà thể lệ không quy định cách xử lý, Ban tổ chức quyết định "
    "và ghi lý do."
)


def prizes(rules: ContestRules) -> tuple[Section, ...]:
    """Return the article of the prizes; none when there are no prizes."""
    if not rules.prizes:
        return ()
    lots = any(each.by is PrizeBy.LOT or each.on_tie is not OnTie.ALL for each in rules.prizes)
    asks = any(each.on_tie is OnTie.ASK and each.by is PrizeBy.RANK for each in rules.prizes)
    sides = " Giải phụ không tính vào giới hạn này." if any(each.is_side for each in rules.prizes) else ""
    one = () if rules.one_prize is OnePrize.NO else (ONE[rules.one_prize] + sides,)
    return (
        Section(
            "Cơ cấu giải thưởng",
            (*(one or (ONE[OnePrize.NO],)), *((ASKED,) if asks else ()), *((LOTS,) if lots else ())),
            tuple(_prize(each, rules) for each in rules.prizes),
        ),
    )


def _prize(prize: PrizeRules, rules: ContestRules) -> str:
    board = next((each for each in rules.boards if each.key == prize.board), None)
    titles = {each.key: each.title for each in rules.divisions}
    if prize.counts:
        many = ", ".join(f"{titles.get(key, key)} {number(int(count))} giải" for key, count in prize.counts)
    elif board and board.by_division:
        many = f"mỗi bảng {number(prize.count)} giải"
    else:
        many = f"{number(prize.count)} giải"
    worth = f", mỗi giải {number(prize.value_vnd)} đồng" if prize.value_vnd else ""
    side = " (giải phụ)" if prize.is_side else ""
    how = "rút thăm trong những người có tên ở" if prize.by is PrizeBy.LOT else "xét theo"
    tie = "" if prize.by is PrizeBy.LOT else ON_TIE[prize.on_tie]
    return f"{prize.title}{side}: {many}{worth}; {how} bảng “{board.title if board else prize.board}”{tie}."
