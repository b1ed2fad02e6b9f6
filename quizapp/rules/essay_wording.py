"""The rules of an essay as sentences of the thể lệ: what to write, who marks it, what their marks become."""

from datetime import tzinfo

from quizapp.rules.round_rules import EssayRule
from quizapp.rules.settling import judge_max_mark
from quizapp.rules.wording import end, hundredths, number
from quizapp.vocabulary import Combine, FeedbackWhen, FileKind, Resolution

IN_WORDS = ("không", "một", "hai", "ba", "bốn", "năm")
BLIND = (
    "Trước khi chấm, mỗi bài viết được mang một mã số (số phách); giám khảo không được biết họ và tên, số điện thoại "
    "và đơn vị của người viết, không chấm bài của người thuộc công đoàn mình."
)
NOTHING_WRITTEN = "Lượt thi không viết gì được 0 điểm cho bài viết."
PROVISIONAL = (
    "Khi còn bài viết chưa có điểm, tổng điểm và thứ hạng chỉ là kết quả tạm tính; kết quả chính thức chỉ có sau khi "
    "mọi bài viết đã có điểm."
)


def length(rule: EssayRule) -> str:
    """Return how long the essay may be: 'từ 200 đến 500 chữ'; empty when the rules do not say."""
    least, most, unit = rule.least_words, rule.most_words, rule.unit.label
    if least and most:
        return f"từ {number(least)} đến {number(most)} {unit}"
    if most:
        return f"không quá {number(most)} {unit}"
    return f"ít nhất {number(least)} {unit}" if least else ""


def task(rule: EssayRule) -> str:
    """Return what is to be written."""
    stop = "" if rule.prompt.endswith((".", "!", "?", "…")) else "."
    said = length(rule)
    counted = f" Độ dài {said}; mỗi {rule.unit.label} là phần chữ nằm giữa hai khoảng trắng." if said else ""
    return f"Viết một bài theo đề: “{rule.prompt}”{stop}{counted}{_files(rule)}"


def judging(rule: EssayRule, rubric: str | None, zone: tzinfo) -> str:
    """Return who marks an essay, how their marks become one, and what the writer may do then.

    rubric: the rubric's title.
    """
    parts = (_judges(rule), _marks(rule, rubric), _combined(rule), _resolved(rule), _feedback(rule))
    return " ".join(part for part in (*parts, _appeals(rule, zone)) if part)


def handing_in(rule: EssayRule) -> str:
    """Return whether a handed-in essay may be taken up again; empty when it may not."""
    if not rule.hand_in_again:
        return ""
    return "Đã nộp bài viết mà đợt thi còn mở thì được mở ra sửa và nộp lại; bản nộp sau cùng là bài dự thi."


def _judges(rule: EssayRule) -> str:
    if rule.judges == 1:
        return "Mỗi bài viết do một giám khảo chấm."
    return f"Mỗi bài viết do {IN_WORDS[rule.judges]} giám khảo chấm độc lập, không ai biết điểm của người khác."


def _marks(rule: EssayRule, rubric: str | None) -> str:
    most = hundredths(judge_max_mark(rule.max_mark, judges=rule.judges, combine=rule.combine))
    if rubric is None:
        return f"Giám khảo cho điểm từ 0 đến {most}."
    return f"Giám khảo chấm theo phiếu chấm “{rubric}”, điểm được quy về thang {most} điểm."


def _combined(rule: EssayRule) -> str:
    if rule.judges == 1:
        return "Điểm bài viết là điểm của giám khảo, lấy đến hai chữ số thập phân."
    made = {
        Combine.MEAN: "trung bình cộng điểm của các giám khảo",
        Combine.MEDIAN: "trung vị (điểm đứng giữa) các điểm của giám khảo",
        Combine.SUM: "tổng điểm của các giám khảo",
    }
    return f"Điểm bài viết là {made[rule.combine]}, lấy đến hai chữ số thập phân."


def _resolved(rule: EssayRule) -> str:
    if rule.gap is None:
        return ""
    apart = f"Nếu hai giám khảo cho điểm lệch nhau quá {hundredths(rule.gap)} điểm thì"
    if rule.resolution is Resolution.CHAIR:
        return f"{apart} Trưởng Ban Giám khảo quyết định điểm của bài viết."
    doubled = f", nhân với {rule.judges}" if rule.combine is Combine.SUM else ""
    third = f"{apart} giám khảo thứ ba chấm độc lập, và điểm bài viết là"
    if rule.resolution is Resolution.MEDIAN:
        return f"{third} điểm đứng giữa trong ba điểm{doubled}."
    return (
        f"{third} trung bình cộng hai điểm gần nhau nhất trong ba điểm{doubled}; "
        "nếu hai khoảng cách bằng nhau thì lấy hai điểm cao hơn."
    )


def _files(rule: EssayRule) -> str:
    if rule.files is None:
        return ""
    kinds = {
        FileKind.PHOTO: "ảnh chụp bài viết tay",
        FileKind.PDF: "tệp PDF",
        FileKind.DOCX: "tệp Word",
    }
    said = ", ".join(kinds[each] for each in rule.files.kinds)
    return (
        f" Được gửi kèm {said}; tất cả không quá {rule.files.count} ảnh hoặc trang, "
        f"mỗi tệp không quá {rule.files.most_mebibytes} MB."
    )


def _feedback(rule: EssayRule) -> str:
    if rule.feedback is FeedbackWhen.NEVER:
        return ""
    return f"Người viết được xem điểm từng tiêu chí và nhận xét của giám khảo (không ghi tên) {rule.feedback.label}."


def _appeals(rule: EssayRule, zone: tzinfo) -> str:
    if rule.appeals_until is None:
        return ""
    return (
        "Sau khi xem điểm chính thức của bài viết, người viết được đề nghị phúc khảo một lần, trước "
        f"{end(rule.appeals_until, zone)}; bài do một giám khảo chưa từng chấm bài đó chấm lại."
    )
