"""What an organiser fills in of one round."""

from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms import Field

from quizapp.drafting.part_forms import Group
from quizapp.formats.contest_tree import ABSENT, Tree, put, value_at
from quizapp.vocabulary import (
    Combine,
    Counting,
    FeedbackWhen,
    FileKind,
    Giving,
    Level,
    LimitPer,
    MultipleMarks,
    Order,
    PredictionTarget,
    Resolution,
    ShownWhen,
    Weekday,
    WordUnit,
)
from quizapp.web.tree_choices import ChoiceKey, NoneKey, SectionKey, SwitchKey, WordsKey
from quizapp.web.tree_fields import Choices, HoursKey, InstantKey, NumberKey, ParagraphKey, TextKey
from quizapp.web.tree_forms import TreeForm

EMPTY_ROWS = 2
MOST_ROWS = 40


class SourceKey(ChoiceKey):
    """A bank, or one topic of it; both keys in one choice, so that no topic can be of another bank."""

    @property
    def path(self) -> str:
        return "bank"

    def show_both(self, bank: Any, topic: Any) -> None:
        told = [str(each) for each in (bank, topic) if each not in (ABSENT, None, "")]
        self.show("|".join(told))

    def write(self, tree: Tree) -> None:
        bank, _, topic = (self.data or "").partition("|")
        put(tree, "bank", bank or ABSENT)
        put(tree, "topic", topic or ABSENT)


class DrawForm(TreeForm):
    """A row of the paper; one that says nothing is no row."""

    source = SourceKey("Lấy từ ngân hàng, chủ đề", of="sources")
    count = NumberKey("Số câu")
    level = ChoiceKey("Mức", Level, usual="Mọi mức")
    section = TextKey("Đứng dưới đề mục")
    tag = TextKey("Chỉ câu có nhãn")
    marks = NumberKey("Điểm mỗi câu")

    def __init__(self, tree: Tree, offers: Mapping[str, Choices], *, number: int):
        super().__init__(tree, offers, prefix=f"paper-{number}-")
        if not self.is_submitted():
            self.source.show_both(value_at(tree, "bank"), value_at(tree, "topic"))
        labels = {each.value: each.label for each in self.source.choices}
        self.source.description = labels[self.source.data] if self.source.data else ""  # the list cuts it short

    @property
    def says_more(self) -> bool:
        return any(each and (each.data or each.errors) for each in (self.section, self.tag, self.marks))


class RoundForm(TreeForm):
    title = TextKey("Tên đợt thi", description="Ví dụ: Tuần 1.")
    key = TextKey("Ký hiệu", description="Để trống thì máy đặt theo tên.")
    opens = InstantKey("Mở lúc")
    closes = InstantKey("Kết thúc lúc", description="24:00 là nửa đêm cuối ngày.")
    sittings__weekdays = WordsKey("Chỉ vào thi các ngày (không chọn: mọi ngày)", Weekday)
    sittings__hours = HoursKey("Chỉ vào thi trong khung giờ", description="Ví dụ 07:00-11:00, 13:30-17:00.")
    attempts__limit = NumberKey(
        "Số lượt thi", may_be_none=True, description="Để trống: một lượt. Có thể ghi “không giới hạn”."
    )
    attempts__per = ChoiceKey("Số lượt tính cho", LimitPer, usual="Mỗi đợt (thường dùng)")
    attempts__counted = ChoiceKey("Kết quả tính theo", Counting, usual="Lượt có kết quả cao nhất (thường dùng)")
    attempts__wait_minutes = NumberKey("Nghỉ giữa hai lượt (phút)")
    time__minutes = NumberKey("Thời gian làm bài (phút)")
    time__seconds_per_question = NumberKey(
        "Hoặc số giây cho mỗi câu", description="Từng câu một, hết giờ tự sang câu sau, không quay lại."
    )
    time = NoneKey("Không giới hạn thời gian, làm đến khi đợt thi kết thúc")
    paper = NoneKey("Đợt thi chỉ có bài viết, không có câu hỏi")
    avoid_seen = SwitchKey("Lượt sau không hỏi lại câu đã gặp, chừng nào ngân hàng còn câu")
    must_answer_all = SwitchKey("Phải trả lời hết mới nộp được bài")
    order__questions = ChoiceKey("Thứ tự câu hỏi", Order, usual="Xáo trộn (thường dùng)")
    order__options = ChoiceKey("Thứ tự phương án", Order, usual="Xáo trộn (thường dùng)")
    choose_paper = SwitchKey("Người dự thi tự chọn đề (khi có các đề cho sẵn)")
    marks__right = NumberKey("Điểm một câu đúng", description="Để trống: 1 điểm.")
    marks__wrong = NumberKey("Điểm một câu sai", description="Để trống: 0. Trừ điểm thì ghi số âm, ví dụ -0,25.")
    marks__scale_to = NumberKey("Quy đổi về thang điểm", description="Ví dụ 10 hoặc 100; để trống: cộng điểm các câu.")
    marks__multiple = ChoiceKey("Câu nhiều đáp án", MultipleMarks, usual="Chỉ khi chọn đúng và đủ (thường dùng)")
    prediction__target = ChoiceKey("Câu hỏi dự đoán", PredictionTarget, usual="Không có")
    prediction__prompt = TextKey("Lời câu hỏi dự đoán", description="Để trống thì máy đặt.")
    practice__attempts = NumberKey("Số lượt thi thử", may_be_none=True, description="Để trống: không giới hạn.")
    practice__opens = InstantKey("Thi thử từ", description="Để trống: khi cuộc thi được công bố.")
    practice__closes = InstantKey("Thi thử đến", description="Để trống: khi đợt thi kết thúc.")
    practice__answers = ChoiceKey("Đáp án thi thử hiện", ShownWhen, usual="Như bài thi")
    practice = SectionKey("Có thi thử", seed="attempts")
    show__result = ChoiceKey("Điểm hiện", ShownWhen, usual="Ngay sau khi nộp bài (thường dùng)")
    show__answers = ChoiceKey("Đáp án hiện", ShownWhen, usual="Sau khi cuộc thi kết thúc (thường dùng)")
    essay__prompt = ParagraphKey("Đề bài viết", description="Một đoạn văn; xuống dòng được ghép lại.")
    essay__marks = NumberKey("Điểm tối đa của bài viết")
    essay__words__min = NumberKey("Ít nhất (chữ)")
    essay__words__max = NumberKey("Nhiều nhất (chữ)")
    essay__words__count = ChoiceKey("Gọi đơn vị đếm là", WordUnit, usual="Chữ (thường dùng)")
    essay__rubric = ChoiceKey("Phiếu chấm", of="rubrics", usual="Không có: giám khảo cho một điểm chung")
    essay__judges = NumberKey("Số giám khảo chấm mỗi bài", description="Để trống: hai.")
    essay__combine = ChoiceKey("Điểm của các giám khảo", Combine, usual="Trung bình cộng (thường dùng)")
    essay__gap = TextKey(
        "Lệch quá thì chấm lại", description="Số điểm hoặc phần trăm, ví dụ 1 hoặc 20%; chỉ với hai giám khảo."
    )
    essay__resolution = ChoiceKey("Khi lệch quá", Resolution, usual="Giám khảo thứ ba, lấy hai điểm gần nhau")
    essay__files__kinds = WordsKey("Được gửi kèm (không chọn: ảnh chụp, nếu có ghi số tệp)", FileKind)
    essay__files__count = NumberKey("Số ảnh, trang nhiều nhất")
    essay__files__megabytes = NumberKey("Mỗi tệp nhiều nhất (MB)")
    essay__hand_in_again = SwitchKey("Được nộp lại trước khi đợt thi kết thúc (đợt thi chỉ có bài viết)")
    essay__giving = ChoiceKey("Giao bài cho giám khảo", Giving, usual="Ban tổ chức phân bài (thường dùng)")
    essay__feedback = ChoiceKey("Người viết xem nhận xét", FeedbackWhen, usual="Không công bố (thường dùng)")
    essay__appeals__until = InstantKey("Nhận phúc khảo bài viết đến", description="Để trống: không nhận.")
    essay = SectionKey("Có bài viết", seed="prompt")

    groups = (
        Group("Thời gian mở", ("title", "opens", "closes")),
        Group("Lượt thi và giờ làm bài", ("attempts__limit", "attempts__counted", "time__minutes", "time")),
        Group("Đề thi", ()),
        Group("Công bố với người dự thi", ("show__result", "show__answers")),
        Group("Câu hỏi dự đoán", ("prediction__target", "prediction__prompt"), is_rare=True),
        Group(
            "Thi thử",
            ("practice", "practice__attempts", "practice__opens", "practice__closes", "practice__answers"),
            is_rare=True,
        ),
        Group("Điểm", ("marks__right", "marks__wrong", "marks__scale_to", "marks__multiple"), is_rare=True),
        Group(
            "Bài viết",
            (
                *("essay", "essay__prompt", "essay__marks", "essay__rubric", "essay__judges", "essay__combine"),
                *("essay__gap", "essay__resolution", "essay__words__min", "essay__words__max", "essay__words__count"),
                *("essay__files__kinds", "essay__files__count", "essay__files__megabytes", "essay__hand_in_again"),
                *("essay__giving", "essay__feedback", "essay__appeals__until"),
            ),
            is_rare=True,
        ),
        Group("Ca thi", ("sittings__weekdays", "sittings__hours"), is_rare=True),
        Group(
            "Thêm",
            (
                *("key", "attempts__per", "attempts__wait_minutes", "time__seconds_per_question", "avoid_seen"),
                *("must_answer_all", "order__questions", "order__options", "choose_paper", "paper"),
            ),
            is_rare=True,
        ),
    )

    def __init__(self, tree: Tree, offers: Mapping[str, Choices], *, prefix: str = ""):
        super().__init__(tree, offers, prefix=prefix)
        rows = tree.get("paper")
        self.has_rows = rows is None or (isinstance(rows, list) and all(isinstance(each, dict) for each in rows))
        self.given = rows if isinstance(rows, list) and self.has_rows else []
        number = len(self.given) + EMPTY_ROWS
        if self.is_submitted():
            number = min(request.form.get("rows", number, type=int), MOST_ROWS)
        stored = [*self.given, *({} for _ in range(number - len(self.given)))][:number]
        self.rows = [DrawForm(each, offers, number=place) for place, each in enumerate(stored, start=1)]

    def write(self, tree: Tree) -> None:
        """Rows come before the box that says that there are none."""
        if self.has_rows:
            self._write_rows(tree)
        super().write(tree)

    def tell(self, path: str, text: str) -> Field | None:
        part, _, rest = path.partition(".")
        number, _, key = rest.partition(".")
        if part == "paper" and number.isdecimal() and int(number) <= len(self.rows):
            return self.rows[int(number) - 1].tell("bank" if key == "topic" else key or "bank", text)
        if part == "paper":
            return self.rows[0].tell("bank", text) if self.rows else None
        return super().tell(path, text)

    def _write_rows(self, tree: Tree) -> None:
        written = []
        for place, row in enumerate(self.rows):
            draw = dict(self.given[place]) if place < len(self.given) else {}
            row.write(draw)
            written.append(draw)
        if found := [each for each in written if each]:
            tree["paper"] = found
        elif "paper" in tree and tree["paper"] is not None:
            del tree["paper"]
