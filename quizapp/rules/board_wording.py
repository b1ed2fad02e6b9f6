"""The boards of a contest as an article of the thể lệ."""

from quizapp.rules.articles import Section
from quizapp.rules.contest_rules import BoardRules, ContestRules, OnlyIf
from quizapp.rules.wording import hundredths
from quizapp.vocabulary import Counting, Measure, StandingsOf

COMBINED = {
    Counting.BEST: "kết quả của đợt cao nhất",
    Counting.FIRST: "kết quả của đợt dự thi đầu tiên",
    Counting.LAST: "kết quả của đợt dự thi cuối cùng",
    Counting.SUM: "tổng điểm và tổng thời gian làm bài của các đợt",
    Counting.MEAN: "điểm trung bình và thời gian làm bài trung bình của các đợt đã dự thi",
}
MEASURED = {
    Measure.ENTRANTS: "số người dự thi, mỗi người tính một lần",
    Measure.ATTEMPTS: "số lượt thi đã nộp",
    Measure.RATE: (
        "tỷ lệ tham gia, bằng số người dự thi chia cho số đoàn viên của đơn vị theo số liệu gần nhất tính đến ngày "
        "cuộc thi kết thúc, tối đa 100%; đơn vị chưa có số liệu đoàn viên xếp sau"
    ),
    Measure.WINNERS: "số giải mà người của đơn vị được nhận",
    Measure.SUM: "tổng điểm của những người dự thi",
    Measure.MEAN: "điểm trung bình của những người dự thi",
    Measure.TOP_K_MEAN: "tổng điểm của {k} người cao điểm nhất chia cho {k}",
}
OF_MARKS = {Measure.SUM, Measure.MEAN, Measure.TOP_K_MEAN}


def ranking(rules: ContestRules) -> Section:
    """Return how each board ranks, and what is shared by all."""
    return Section(
        "Xếp hạng cá nhân và đơn vị",
        (
            "Trong mỗi bảng, những người hoặc đơn vị bằng nhau ở mọi tiêu chí thì cùng hạng; "
            "hạng kế tiếp được tính sau tất cả những người hoặc đơn vị cùng hạng đó.",
            "Mỗi người dự thi được tính cho đơn vị của mình vào lúc bắt đầu lượt thi nộp gần nhất.",
        ),
        tuple(f"Bảng “{board.title}”: {_board(board, rules)}." for board in rules.boards),
    )


def _board(board: BoardRules, rules: ContestRules) -> str:
    rounds = rules.rounds_of(board)
    over = "toàn cuộc thi" if len(rounds) == len(rules.rounds) else f"của {', '.join(each.title for each in rounds)}"
    combined = f"; kết quả của một người là {COMBINED[board.combine]}" if len(rounds) > 1 else ""
    apart = ", mỗi bảng xếp riêng" if board.by_division else ""
    if board.of is StandingsOf.PEOPLE:
        chain = ", rồi ".join(link.label for link in board.order)
        return f"xếp hạng cá nhân {over}{apart} theo thứ tự: {chain}{combined}{_only_if(board.only_if)}"
    ranked = f"xếp hạng đơn vị (cấp {board.level.label}) {over}{apart} theo {_measured(board)}"
    ties = ", rồi ".join(_measure(each, board) for each in board.union_order)
    breaks = f"; nếu bằng nhau thì lần lượt xét {ties}" if ties else ""
    measures = {board.measure, *board.union_order} if not board.weights else {each.measure for each in board.weights}
    return ranked + breaks + (combined if measures & OF_MARKS else "") + _only_if(board.only_if)


def _measured(board: BoardRules) -> str:
    if not board.weights:
        return _measure(board.measure, board)
    parts = " cộng ".join(f"{hundredths(each.hundredths)} × {_measure(each.measure, board)}" for each in board.weights)
    return f"điểm tổng hợp, bằng {parts}"


def _measure(measure: Measure, board: BoardRules) -> str:
    return MEASURED[measure].format(k=board.top_k or 1)


def _only_if(rule: OnlyIf) -> str:
    """Return the conditions for standing on the board."""
    said = []
    if rule.all_right:
        said.append("chỉ gồm người trả lời đúng tất cả các câu hỏi")
    if rule.least_mark is not None:
        said.append(f"chỉ gồm người đạt từ {hundredths(rule.least_mark)} điểm")
    if rule.rate_over is not None:
        said.append(f"chỉ gồm đơn vị có tỷ lệ tham gia trên {hundredths(rule.rate_over)}%")
    if rule.mean_over is not None:
        said.append(f"chỉ gồm đơn vị có điểm trung bình trên {hundredths(rule.mean_over)}")
    return "".join(f"; {each}" for each in said)
