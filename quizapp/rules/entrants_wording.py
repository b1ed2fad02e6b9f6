"""Who may enter, and in which division, as an article of the thể lệ."""

from quizapp.rules.articles import KnownNames, Section, called
from quizapp.rules.contest_rules import ContestRules, DivisionRules, EntrantsRule
from quizapp.vocabulary import EntrantRole

EVERYBODY = "cán bộ công đoàn, đoàn viên và người lao động"


def who_may_enter(rules: ContestRules, names: KnownNames) -> Section:
    audience = ", ".join(called(names.unions, code) for code in rules.audience)
    people = ", ".join(role.label.lower() for role in rules.entrants.roles) or EVERYBODY
    alone = " và người không thuộc công đoàn cơ sở nào" if rules.entrants.without_unit else ""
    locked = ", ".join(field.label for field in rules.identity)
    return Section(
        "Đơn vị tổ chức và đối tượng dự thi",
        (
            f"Đơn vị tổ chức: {called(names.unions, rules.organiser)}.",
            f"Đối tượng dự thi: {people} thuộc {audience} và các công đoàn trực thuộc{alone}.",
            *_limits(rules.entrants),
            f"Mỗi người chỉ dùng một tài khoản. Sau lượt thi đầu tiên, {locked} không tự sửa được; cần sửa thì đề nghị "
            "Ban tổ chức.",
            "Ban tổ chức không công nhận kết quả của người dùng nhiều tài khoản, khai sai thông tin, thi hộ hoặc nhờ "
            "người khác thi hộ.",
        ),
        tuple(f"{each.title}: {_division(each, names)}." for each in rules.divisions),
    )


def _limits(rule: EntrantsRule) -> tuple[str, ...]:
    said = []
    if rule.least_age is not None or rule.most_age is not None:
        least = f" từ đủ {rule.least_age} tuổi" if rule.least_age is not None else ""
        most = f" đến {rule.most_age} tuổi" if rule.most_age is not None else ""
        said.append(f"Người dự thi{least}{most}, tính đến ngày cuộc thi mở.")
    if rule.excluded:
        said.append(f"Không được dự thi: {', '.join(each.label for each in rule.excluded)}.")
    return tuple(said)


def _division(rule: DivisionRules, names: KnownNames) -> str:
    parts = []
    if rule.roles:
        parts.append(", ".join(EntrantRole(role).label.lower() for role in rule.roles))
    if rule.units:
        parts.append("thuộc " + ", ".join(called(names.unions, code) for code in rule.units))
    if rule.kinds:
        parts.append("thuộc " + ", ".join(kind.label for kind in rule.kinds))
    if rule.workplaces:
        parts.append("ở " + ", ".join(each.label.lower() for each in rule.workplaces))
    if rule.chosen:
        parts.append("tự chọn khi bắt đầu dự thi")
    return "; ".join(parts) or "những người dự thi còn lại"
