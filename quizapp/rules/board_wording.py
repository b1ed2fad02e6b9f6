"""The boards of a contest as an article of the thể lệ."""

from quizapp.rules.articles import Section
from quizapp.rules.contest_rules import BoardRules, ContestRules
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
    Measure.MEAN: "điểm trung bình của những người dự thi",
}


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
    if board.of is StandingsOf.PEOPLE:
        chain = ", rồi ".join(link.label for link in board.order)
        return f"xếp hạng cá nhân {over} theo thứ tự: {chain}{combined}"
    ranked = f"xếp hạng đơn vị (cấp {board.level.label}) {over} theo {MEASURED[board.measure]}"
    return ranked + (combined if board.measure is Measure.MEAN else "")
