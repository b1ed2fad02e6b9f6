"""Essays of the demo's people: made-up, handed in, given to two judges, of whom one has marked half."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from quizapp.attempts.actions import new_receipt
from quizapp.db import session
from quizapp.essays import actions as desk
from quizapp.judging import actions as judging
from quizapp.judging.drafts import Draft, criteria_of
from quizapp.models import Allocation, Attempt, Contest, Essay, JudgeSeat, Paper, Person, Round, Rubric, TradeUnion
from quizapp.rules.rubrics import Criterion, RubricContent, RubricLevel

ESSAYS = 40
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PARTS = (
    (
        "Ở chỗ chúng tôi, nhiều người chỉ biết đến công đoàn vào dịp Tết và ngày lễ.",
        "Tổ sản xuất của tôi có hơn bốn mươi người, phần lớn làm theo ca.",
        "Mỗi lần họp công đoàn, người làm ca đêm hầu như không dự được.",
        "Nhiều công nhân mới vào chưa biết hỏi ai khi bảng lương có chỗ khó hiểu.",
        "Con nhỏ được nghỉ hè mà bố mẹ vẫn đi làm là nỗi lo chung của xóm trọ.",
        "Cán bộ công đoàn ở cơ sở đều kiêm nhiệm, việc nhiều mà thời gian ít.",
        "Đơn vị tôi có nhiều lao động nữ nuôi con dưới mười hai tháng tuổi.",
        "Tôi làm công tác công đoàn bộ phận đã sáu năm và thấy việc nắm tình hình còn chậm.",
    ),
    (
        "Tôi đề xuất mỗi tổ có một buổi họp đứng mười phút đầu tuần, ai cũng được nói.",
        "Tôi đề xuất lập một hộp thư góp ý trên điện thoại, trả lời trong ba ngày làm việc.",
        "Tôi đề xuất mở lớp giữ trẻ mùa hè ngay tại nhà văn hóa khu phố.",
        "Tôi đề xuất in một trang giấy giải thích bảng lương, dán ở nhà ăn.",
        "Tôi đề xuất họp công đoàn hai lần với cùng một nội dung, một lần cho ca ngày, một lần cho ca đêm.",
        "Tôi đề xuất mỗi tháng một buổi tư vấn pháp luật miễn phí ngay sau giờ tan ca.",
        "Tôi đề xuất ghép mỗi công nhân mới với một đoàn viên lâu năm trong ba tháng đầu.",
        "Tôi đề xuất công khai thu chi công đoàn phí hằng quý trên bảng tin.",
    ),
    (
        "Cách làm này không tốn thêm tiền, chỉ cần tổ trưởng nhắc lịch.",
        "Kinh phí dự kiến lấy từ quỹ chăm lo, mỗi quý dưới năm triệu đồng.",
        "Ban chấp hành phân công một người theo dõi và báo cáo cuối tháng.",
        "Trước mắt làm thử ở một phân xưởng trong hai tháng rồi rút kinh nghiệm.",
        "Người phụ trách ghi lại từng ý kiến, ý nào chưa làm được thì nói rõ lý do.",
        "Công đoàn cấp trên hỗ trợ tài liệu, cơ sở lo địa điểm và nước uống.",
        "Tôi đã hỏi mười hai đồng nghiệp, mười người nói sẽ tham gia.",
        "Lịch được dán trước một tuần để mọi người sắp xếp việc nhà.",
    ),
    (
        "Nếu làm đều, sau nửa năm sẽ thấy số ý kiến được giải quyết tăng lên.",
        "Kết quả đo bằng số người dự họp và số việc được trả lời đúng hẹn.",
        "Tôi tin rằng người lao động được lắng nghe thì sẽ gắn bó hơn.",
        "Điều khó nhất là giữ nếp, nên cần có người thay khi tổ trưởng nghỉ.",
        "Khi có nơi để hỏi, tin đồn trong xưởng sẽ ít đi.",
        "Công đoàn gần người lao động hơn thì việc thu hút đoàn viên mới cũng dễ hơn.",
        "Sau mỗi quý, ban chấp hành nên xem lại và bỏ những việc không còn cần.",
        "Rất mong ý tưởng nhỏ này được xem xét và làm thử.",
    ),
)


def rubric(union: TradeUnion, *, now: datetime) -> None:
    """Make the rubric that the contest's file names."""

    def levels(*marks: int) -> tuple[RubricLevel, ...]:
        told = ("Chưa rõ, chung chung", "Rõ, có căn cứ", "Rõ, sát thực tế, thuyết phục")
        names = ("Chưa đạt", "Đạt", "Tốt")
        return tuple(RubricLevel(*each) for each in zip(names, told, marks, strict=True))

    criteria = (
        Criterion("y-tuong", "Ý tưởng", "Mới, có ích cho đoàn viên, người lao động", 200, levels(50, 100, 200)),
        Criterion("kha-thi", "Tính khả thi", "Ai làm, làm thế nào, tốn kém ra sao", 200, levels(50, 100, 200)),
        Criterion("trinh-bay", "Trình bày", "Ngắn gọn, mạch lạc, đúng chính tả", 100, levels(0, 50, 100)),
    )
    facts = {"code": "sang-kien", "version": 1, "title": "Phiếu chấm sáng kiến", "made_at": now - timedelta(days=21)}
    session.add(Rubric(union_id=union.id, content=RubricContent(criteria), **facts))
    session.flush()


def write(rng: Random, contest: Contest, people: Sequence[Person]) -> None:
    """Hand in an essay of each of the people."""
    [round_] = contest.rounds
    span = round_.closes_at - round_.opens_at
    for person in people[:ESSAYS]:
        began = round_.opens_at + span * rng.random() * 0.9
        paper = Paper(round_id=round_.id, seed=f"{rng.getrandbits(128):032x}", shape="", made_at=began)
        session.add(paper)
        session.flush()
        ended = began + timedelta(minutes=rng.randrange(12, 90))
        attempt = Attempt(person_id=person.id, union_id=person.union_id, round_id=round_.id, paper_id=paper.id)
        attempt.number, attempt.mark, attempt.max_mark, attempt.receipt = 1, 0, round_.rules.max_mark, new_receipt()
        attempt.started_at, attempt.submitted_at, attempt.closes_at = began, ended, round_.closes_at
        session.add(attempt)
        session.flush()
        sentences = [each for part in PARTS for each in rng.sample(part, rng.choice((1, 2)))]
        text = " ".join(sentences[: len(sentences) // 2]) + "\n\n" + " ".join(sentences[len(sentences) // 2 :])
        code = "".join(rng.choice(LETTERS) for _ in range(6))
        facts = {"number": 1, "text": text, "words": len(text.split()), "saved_at": ended}
        session.add(Essay(attempt_id=attempt.id, code=code, **facts))
    session.flush()


def judge(rng: Random, round_: Round, judges: Sequence[Person], *, by: Person, now: datetime) -> None:
    """Seat the judges, give them the essays, and let the last of them mark half of the own ones."""
    for place, person in enumerate(judges):
        desk.seat(round_, person, capacity=None, is_chair=place == 0, by=by, now=now)
    desk.allocate(round_, early=False, by=by, now=now)
    asked = select(Allocation).join(JudgeSeat).where(JudgeSeat.person_id == judges[-1].id)
    for allocation in session.scalars(asked.order_by(Allocation.position).limit(ESSAYS // 2)).all():
        marks = {each.key: rng.choice(each.levels).mark for each in criteria_of(allocation)}
        draft = Draft(marks, comments={}, comment="", notes="", is_in_doubt=rng.random() < 0.1)
        judging.finish(allocation, draft, by=judges[-1], now=now)
