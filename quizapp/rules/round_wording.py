"""A round's rules in the words of the thể lệ: its sittings, time, paper, attempts, marks, prediction and practice."""

from zoneinfo import ZoneInfo

from quizapp.rules.articles import KnownNames, called
from quizapp.rules.round_rules import Draw, RoundRules, Sittings
from quizapp.rules.wording import hundredths, moment, number, span
from quizapp.vocabulary import Counting, LimitPer, MultipleMarks, Order, Weekday

COUNTED = {
    Counting.BEST: "lượt có điểm cao nhất; nếu bằng điểm thì lấy lượt đứng trước theo các tiêu chí của bảng xếp hạng",
    Counting.FIRST: "lượt đầu tiên",
    Counting.LAST: "lượt cuối cùng",
    Counting.SUM: "tổng điểm và tổng thời gian làm bài của các lượt",
    Counting.MEAN: "điểm trung bình và thời gian làm bài trung bình của các lượt",
}
WITHIN = {
    LimitPer.ROUND: "trong đợt thi",
    LimitPer.CONTEST: "trong cả cuộc thi",
    LimitPer.SITTING: "trong mỗi ca thi",
    LimitPer.DAY: "trong mỗi ngày",
    LimitPer.WEEK: "trong mỗi tuần (từ thứ Hai đến Chủ nhật)",
}
MULTIPLE = {
    MultipleMarks.ALL_OR_NOTHING: (
        "Câu hỏi có nhiều phương án đúng chỉ được điểm khi chọn đủ các phương án đúng và không chọn phương án nào khác."
    ),
    MultipleMarks.PARTIAL: (
        "Câu hỏi có nhiều phương án đúng được điểm theo phần đúng: số phương án đúng đã chọn trừ số phương án sai đã "
        "chọn, chia cho số phương án đúng, thấp nhất là 0 điểm."
    ),
}


def sittings(rules: RoundRules) -> str:
    """Return when in the round one may start; '' when at any time."""
    return f"Chỉ bắt đầu lượt thi trong các ca: {_sittings(rules.sittings)}." if rules.sittings else ""


def time(rules: RoundRules) -> str:
    if rules.seconds_per_question is not None:
        whole = span(rules.seconds_per_question * rules.questions)
        return f"mỗi câu làm trong {span(rules.seconds_per_question)}, cả bài tối đa {whole}"
    if rules.time_limit is None:
        return "làm và nộp trước khi đợt thi kết thúc"
    return f"làm trong {span(rules.time_limit)}"


def one_way(rules: RoundRules) -> str:
    """Return how one goes from question to question; '' where all are there at once."""
    if rules.seconds_per_question is None:
        return ""
    return (
        "Câu hỏi hiện lần lượt từng câu, không quay lại được. Hết giờ của một câu, hoặc khi người dự thi bấm “Câu tiếp "
        "theo”, thì câu sau hiện ra; thời gian còn thừa không được cộng cho câu khác. Câu trả lời chỉ đổi được trong "
        "thời gian của câu đó; câu trả lời gửi đến muộn theo các quy định về lúc bài thi đóng."
    )


def paper(rules: RoundRules, names: KnownNames) -> str:
    """Return what is asked and how a paper comes about."""
    guess = f" Câu hỏi dự đoán ở cuối bài: “{rules.prediction.prompt}”." if rules.prediction else ""
    if not rules.asks_questions:
        return f"Đề thi là một bài viết, {time(rules)}.{guess}"
    both = " và một bài viết" if rules.essay else ""
    head = f"Đề thi gồm {rules.questions} câu hỏi trắc nghiệm{both}, {time(rules)}"
    shuffled = [
        what
        for what, order in (
            ("câu hỏi", rules.question_order if not rules.papers else Order.FIXED),
            ("phương án trả lời", rules.option_order),
        )
        if order is Order.SHUFFLED
    ]
    order = f" Thứ tự {' và thứ tự '.join(shuffled)} được xáo trộn." if shuffled else ""
    if rules.papers:
        titles = ", ".join(each.title for each in rules.papers)
        how = "người dự thi chọn một đề" if rules.chooses_paper else "mỗi lượt thi nhận ngẫu nhiên một đề"
        given = f" Có {len(rules.papers)} đề ({titles}); {how}." if len(rules.papers) > 1 else ""
        return f"{head}.{given}{order}{guess}"
    drawn = "; ".join(_draw(each, names) for each in rules.draws)
    seen = " Câu hỏi đã gặp ở lượt trước chỉ lặp lại khi ngân hàng không còn đủ câu mới." if rules.avoid_seen else ""
    return f"{head}: {drawn}. Câu hỏi được rút ngẫu nhiên riêng cho từng lượt thi.{seen}{order}{guess}"


def attempts(rules: RoundRules) -> str:
    """Return how often one may sit the round, and what counts."""
    rule = rules.attempts
    if rule.limit is None:
        said = f"Không giới hạn số lượt thi; kết quả được tính là {_what_counts(rules)}."
    elif rule.limit == 1 and rule.per in (LimitPer.ROUND, LimitPer.CONTEST):
        said = f"Mỗi người thi một lượt {WITHIN[rule.per]}."
    else:
        most = "một" if rule.limit == 1 else f"tối đa {number(rule.limit)}"
        said = f"Mỗi người thi {most} lượt {WITHIN[rule.per]}; {_counted(rules)}."
    return said + (f" Hai lượt liền nhau cách nhau ít nhất {span(rule.wait)}." if rule.wait else "")


def marks(rules: RoundRules) -> str:
    """Return what an answer, the essay and the whole give."""
    essay = f"Bài viết được tối đa {hundredths(rules.essay.max_mark)} điểm" if rules.essay else ""
    if not rules.asks_questions:
        return f"{essay}; đó cũng là điểm tối đa của một lượt thi."
    added = f"{essay[0].lower()}{essay[1:]}; " if essay else ""
    scaled = ""
    if rules.scale_to is not None:
        scaled = (
            f"tổng điểm các câu hỏi được quy đổi theo thang {hundredths(rules.scale_to)} điểm, "
            "làm tròn đến hai chữ số thập phân; "
        )
    return (
        f"{_right(rules)}, {_wrong(rules)}; {scaled}{added}"
        f"điểm tối đa của một lượt thi là {hundredths(rules.max_mark)} điểm."
    )


def validity(rules: RoundRules) -> str:
    """Return what a paper needs to count; '' when blanks are allowed."""
    if not rules.must_answer_all:
        return ""
    guess = " và câu hỏi dự đoán" if rules.prediction else ""
    return f"Bài thi chỉ hợp lệ khi trả lời tất cả câu hỏi{guess}; bài còn câu bỏ trống khi hết giờ được 0 điểm."


def prediction(rules: RoundRules) -> str:
    """Return what the guess is measured by; '' without a prediction question."""
    if rules.prediction is None:
        return ""
    return (
        f"Câu hỏi dự đoán hỏi {rules.prediction.target.label}. Mỗi người được tính một lần. Con số đúng được hệ thống "
        "đếm và ghi lại một lần khi đợt thi kết thúc; dự đoán được so bằng độ chênh tuyệt đối với con số đó."
    )


def practice(rules: RoundRules, zone: ZoneInfo) -> str:
    """Return how one may practise; '' when one may not."""
    rule = rules.practice
    if rule is None:
        return ""
    often = "không giới hạn số lượt" if rule.attempts is None else f"tối đa {number(rule.attempts)} lượt"
    begins = f" từ {moment(rule.opens_at, zone)}" if rule.opens_at else ""
    ends = f" đến {moment(rule.closes_at, zone)}" if rule.closes_at else ""
    return f"Được thi thử {often}{begins}{ends}; kết quả thi thử không tính vào bất cứ bảng nào."


def _sittings(rule: Sittings | None) -> str:
    if rule is None:
        return ""
    days = "hằng ngày" if len(rule.weekdays) == len(Weekday) else ", ".join(day.label for day in rule.weekdays)
    hours = ", ".join(f"{_clock(begins)}–{_clock(ends)}" for begins, ends in rule.hours)
    return days if hours == "00:00–24:00" else f"{hours} {days}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _draw(draw: Draw, names: KnownNames) -> str:
    limits = []
    if draw.topic is not None:
        limits.append(f"chủ đề {names.topics.get((draw.bank, draw.topic), draw.topic)}")
    if draw.level is not None:
        limits.append(f"mức độ {draw.level.label.lower()}")
    if draw.tag is not None:
        limits.append(f"nhãn {draw.tag}")
    section = f"{draw.section}: " if draw.section else ""
    own = f", mỗi câu {hundredths(draw.right_mark)} điểm" if draw.right_mark is not None else ""
    limited = f" ({', '.join(limits)})" if limits else ""
    return f"{section}{draw.count} câu về “{called(names.banks, draw.bank)}”{limited}{own}"


def _counted(rules: RoundRules) -> str:
    inside = {LimitPer.ROUND: "", LimitPer.CONTEST: " của mỗi đợt"}.get(rules.attempts.per, " của đợt thi")
    return f"kết quả được tính{inside} là {_what_counts(rules)}"


def _what_counts(rules: RoundRules) -> str:
    """Guessing often must not pay: among equal attempts the guess does not choose."""
    guess = ", không kể dự đoán" if rules.prediction and rules.attempts.counted is Counting.BEST else ""
    return COUNTED[rules.attempts.counted] + guess


def _right(rules: RoundRules) -> str:
    if not rules.papers and any(each.right_mark not in (None, rules.right_mark) for each in rules.draws):
        return "Mỗi câu trả lời đúng được số điểm ghi ở phần Đề thi" + (
            f" (câu không ghi được {hundredths(rules.right_mark)} điểm)"
            if any(each.right_mark is None for each in rules.draws)
            else ""
        )
    return f"Mỗi câu trả lời đúng được {hundredths(rules.right_mark)} điểm"


def _wrong(rules: RoundRules) -> str:
    if rules.wrong_mark == 0:
        return "trả lời sai hoặc bỏ trống được 0 điểm"
    return f"trả lời sai bị trừ {hundredths(-rules.wrong_mark)} điểm, bỏ trống được 0 điểm; tổng điểm thấp nhất là 0"
