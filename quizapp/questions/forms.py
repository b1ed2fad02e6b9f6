"""What is typed of a question: the form of one question, and what is asked of the list."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wtforms import BooleanField, FieldList, FileField, Form, FormField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, Optional, ValidationError

from quizapp.formats.questions.drafts import true_false_options
from quizapp.rules.question_content import (
    CHOSEN,
    MOST_OPTIONS,
    STEM,
    Lack,
    OptionContent,
    PictureContent,
    QuestionContent,
    lacks,
    read_number,
)
from quizapp.rules.question_typing import lines, split_tags, topic_code, topic_tree
from quizapp.rules.vietnamese import clean, fold
from quizapp.rules.wording import read_hundredths
from quizapp.rules.written_days import read_day
from quizapp.vocabulary import Confidence, Level, QuestionKind, QuestionState
from quizapp.web.forms import BaseForm, LongTextField, TextField, at_most, required

LONGEST = {"prompt": 4000, "option": 1000, "explanation": 4000, "suggested": 20_000}
ALWAYS_WRONG = ("prompt", "valid_to", "tolerance")  # what even a draft may not have


class OptionForm(Form):
    text = LongTextField("Nội dung", [at_most(LONGEST["option"])], render_kw={"rows": 1})
    right = BooleanField("Đáp án đúng")
    pinned = BooleanField("Giữ nguyên vị trí khi xáo")
    digest = HiddenField()
    alt = TextField("Ảnh này cho thấy gì", [at_most(300)])
    file = FileField("Ảnh của phương án")

    @property
    def is_blank(self) -> bool:
        return not (lines(self.text.data) or self.digest.data or self.right.data)


class QuestionForm(BaseForm):
    kind = SelectField("Dạng câu hỏi", choices=[SelectChoice(kind.value, kind.label) for kind in QuestionKind])
    prompt = LongTextField("Câu hỏi", [required(), at_most(LONGEST["prompt"])], render_kw={"rows": 3})
    digest = HiddenField()
    alt = TextField("Ảnh này cho thấy gì", [at_most(300)])
    file = FileField("Ảnh của câu hỏi")
    options = FieldList(FormField(OptionForm), max_entries=MOST_OPTIONS)
    truth = RadioField(
        "Đáp án", choices=[SelectChoice("dung", "Đúng"), SelectChoice("sai", "Sai")], validators=[Optional()]
    )
    value = TextField("Đáp án là số", [at_most(40)])
    tolerance = TextField("Sai số được chấp nhận", [at_most(40)])
    accepted = LongTextField("Các câu trả lời được chấp nhận", [at_most(4000)], render_kw={"rows": 4})
    case_matters = BooleanField("Phân biệt chữ hoa, chữ thường")
    accents_matter = BooleanField("Phải viết đúng dấu tiếng Việt", default=True)
    suggested = LongTextField("Gợi ý trả lời cho giám khảo", [at_most(LONGEST["suggested"])], render_kw={"rows": 8})
    marks = TextField("Điểm của câu", [at_most(10)])
    explanation = LongTextField("Giải thích đáp án", [at_most(LONGEST["explanation"])], render_kw={"rows": 3})
    topic = SelectField("Chủ đề", validate_choice=True)
    new_topic = TextField("Chủ đề mới", [at_most(200)])
    level = SelectField("Mức độ", choices=[SelectChoice(level.value, level.label) for level in Level])
    tags = TextField("Nhãn", [at_most(300)])
    document = TextField("Số hiệu văn bản", [at_most(60)])
    article = TextField("Điều", [at_most(40)])
    clause = TextField("Khoản, điểm", [at_most(40)])
    link = TextField(
        "Đường dẫn đến văn bản",
        [Optional(), at_most(500), URL(message="Đường dẫn bắt đầu bằng https:// hoặc http://.")],
    )
    source = TextField("Căn cứ ghi cho người thi đọc", [at_most(300)])
    confidence = SelectField("Đáp án lấy từ đâu", choices=[SelectChoice(each.value, each.label) for each in Confidence])
    valid_from = TextField("Đáp án đúng từ ngày", [at_most(20)])
    valid_to = TextField("Đáp án đúng đến hết ngày", [at_most(20)])
    note = TextField("Còn phải làm gì với câu này", [at_most(300)])
    base = HiddenField(default="0")
    content: QuestionContent
    lacking: list[Lack]

    def __init__(self, topics: Mapping[str, str], **kwargs: Any):
        super().__init__(**kwargs)
        self.topics = topics
        self.days: dict[str, date | None] = {}
        self.topic.choices = _offered("— chọn chủ đề —", topic_tree(topics))
        if self.topic.data is None:
            self.topic.data = ""

    @property
    def chosen_kind(self) -> QuestionKind:
        return QuestionKind(self.kind.data) if self.kind.data in list(QuestionKind) else QuestionKind.SINGLE

    @property
    def topics_added(self) -> dict[str, str]:
        """Return the topics that are new, code → name: 'Hợp đồng / Thử việc' names two, one below the other."""
        return {code: name for code, name in self._typed_topics() if code not in self.topics}

    def validate_kind(self, field: Any) -> None:
        if field.data not in list(QuestionKind):
            raise ValidationError("Xin chọn dạng câu hỏi.")

    def validate_valid_from(self, field: Any) -> None:
        self._read_day(field)

    def validate_valid_to(self, field: Any) -> None:
        self._read_day(field)

    def validate_marks(self, field: Any) -> None:
        if field.data and read_hundredths(field.data) is None:
            raise ValidationError("Xin ghi số điểm, ví dụ 5 hoặc 2,5.")

    def validate_value(self, field: Any) -> None:
        if self.chosen_kind is QuestionKind.NUMBER and field.data and read_number(field.data) is None:
            raise ValidationError("Xin ghi một con số, ví dụ 15 hoặc 3,5; không dùng dấu chấm ngăn hàng nghìn.")

    def validate_new_topic(self, field: Any) -> None:
        if field.data and not all(topic_code(part) for part in field.data.split("/")):
            raise ValidationError("Xin ghi tên chủ đề bằng chữ, ví dụ: Hợp đồng lao động / Thử việc.")

    def validate_topic(self, field: Any) -> None:
        if not field.data and not self.new_topic.data:
            raise ValidationError("Xin chọn một chủ đề, hoặc ghi tên chủ đề mới.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether this can be kept, if only as a draft; `content` is what was typed, `lacking` what was not."""
        fine = bool(super().validate(extra_validators))
        self.read()
        for name, sentence in self.lacking:
            if name in ALWAYS_WRONG and not self[name].errors:
                self[name].errors = [*self[name].errors, sentence]
                fine = False
        return fine

    def read(self) -> None:
        """Read what was typed, as far as it goes, into `content` and `lacking`."""
        kept = [entry.form for entry in self.options if not entry.form.is_blank]
        kind = self.chosen_kind
        self.content = QuestionContent(
            kind=kind,
            prompt=lines(self.prompt.data),
            topic=self._topic(),
            level=Level(self.level.data) if self.level.data in list(Level) else Level.EASY,
            options=self._options(kind, kept),
            explanation=lines(self.explanation.data),
            source=clean(self.source.data or ""),
            confidence=Confidence(self.confidence.data)
            if self.confidence.data in list(Confidence)
            else Confidence.TEXT,
            valid_from=self.days.get("valid_from"),
            valid_to=self.days.get("valid_to"),
            tags=split_tags(self.tags.data),
            marks=read_hundredths(self.marks.data) if self.marks.data else None,
            accepted=self._accepted(kind),
            tolerance=self._tolerance(kind),
            case_matters=kind is QuestionKind.SHORT and bool(self.case_matters.data),
            accents_matter=kind is not QuestionKind.SHORT or bool(self.accents_matter.data),
            suggested=lines(self.suggested.data) if kind is QuestionKind.ESSAY else "",
            document=clean(self.document.data or ""),
            article=clean(self.article.data or ""),
            clause=clean(self.clause.data or ""),
            link=clean(self.link.data or ""),
            pictures=self._pictures(kind, kept),
        )
        self.lacking = lacks(self.content)

    def show_options(self, least: int) -> None:
        """Have at least so many rows for options."""
        while len(self.options.entries) < least:
            self.options.append_entry()

    def rearrange(self, action: str) -> None:
        """Do what a button of the options asks: 'add', 'up-2', 'down-2', 'drop-2', 'unpicture-2'; -1: the question."""
        what, _, typed = action.partition("-")
        rows = [{**entry.data, "file": None} for entry in self.options]
        place = int(typed) if typed.lstrip("-").isdecimal() else len(rows)
        if what == "add":
            rows.append({})
        elif what == "unpicture" and place == STEM:
            self.digest.data, self.alt.data = "", ""
        elif 0 <= place < len(rows):
            if what == "drop":
                del rows[place]
            elif what == "unpicture":
                rows[place] |= {"digest": "", "alt": ""}
            elif what in ("up", "down") and 0 <= (other := place + (1 if what == "down" else -1)) < len(rows):
                rows[place], rows[other] = rows[other], rows[place]
        while self.options.entries:
            self.options.pop_entry()
        for row in rows[:MOST_OPTIONS]:
            self.options.append_entry(row)

    def _read_day(self, field: Any) -> None:
        try:
            self.days[field.name] = read_day(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def _options(self, kind: QuestionKind, kept: list[OptionForm]) -> tuple[OptionContent, ...]:
        if kind is QuestionKind.TRUE_FALSE:
            drafts = true_false_options(self.truth.data == "dung")
            known = self.truth.data in ("dung", "sai")
            return tuple(OptionContent(each.text, each.right and known, each.pinned) for each in drafts)
        if kind not in CHOSEN:
            return ()
        return tuple(
            OptionContent(lines(each.text.data), bool(each.right.data), bool(each.pinned.data)) for each in kept
        )

    def _pictures(self, kind: QuestionKind, kept: list[OptionForm]) -> tuple[PictureContent, ...]:
        found = [PictureContent(self.digest.data, STEM, clean(self.alt.data or ""))] if self.digest.data else []
        if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
            found += [
                PictureContent(each.digest.data, position, clean(each.alt.data or ""))
                for position, each in enumerate(kept)
                if each.digest.data
            ]
        return tuple(found)

    def _accepted(self, kind: QuestionKind) -> tuple[str, ...]:
        if kind is QuestionKind.NUMBER:
            value = clean(self.value.data or "")
            return (read_number(value) or value,) if value else ()
        if kind is QuestionKind.SHORT:
            return tuple(dict.fromkeys(lines(self.accepted.data).splitlines()))
        return ()

    def _tolerance(self, kind: QuestionKind) -> str:
        typed = clean(self.tolerance.data or "") if kind is QuestionKind.NUMBER else ""
        return read_number(typed) or typed

    def _topic(self) -> str:
        typed = self._typed_topics()
        return typed[-1][0] if typed else self.topic.data or ""

    def _typed_topics(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        named = {(code.rpartition("/")[0], fold(name)): code for code, name in self.topics.items()}
        above = ""
        for name in (clean(part) for part in (self.new_topic.data or "").split("/")):
            if topic_code(name):
                above = named.get((above, fold(name)), f"{above}/{topic_code(name)}".lstrip("/"))
                found.append((above, name))
        return found


class ListFilter(BaseForm):
    """What narrows the list of questions, from the address; a value that is not offered does not narrow."""

    class Meta(BaseForm.Meta):
        csrf = False  # only asks

    q = TextField("Tìm câu hỏi (không cần dấu)")
    state = SelectField("Tình trạng")
    kind = SelectField("Dạng")
    topic = SelectField("Chủ đề")
    level = SelectField("Mức độ")
    tag = SelectField("Nhãn")
    document = SelectField("Dẫn văn bản")
    flagged = BooleanField("Chỉ câu còn phải bổ sung")
    undescribed = BooleanField("Chỉ câu có ảnh chưa có lời mô tả")

    def __init__(self, args: Any, *, topics: Mapping[str, str], tags: Iterable[str], documents: Iterable[str]):
        super().__init__(args)
        self.state.choices = _offered("Mọi tình trạng", [(each.value, each.label) for each in QuestionState])
        self.kind.choices = _offered("Mọi dạng", [(each.value, each.label) for each in QuestionKind])
        self.topic.choices = _offered("Mọi chủ đề", topic_tree(topics))
        self.level.choices = _offered("Mọi mức độ", [(each.value, each.label) for each in Level])
        self.tag.choices = _offered("Mọi nhãn", [(each, each) for each in tags])
        self.document.choices = _offered("Mọi văn bản", [(each, each) for each in documents])

    @property
    def asked(self) -> dict[str, str]:
        """Return what narrows the list, as the address says it."""
        asked = {"q": clean(self.q.data or "")}
        asked |= {name: "1" if self[name].data else "" for name in ("flagged", "undescribed")}
        for name in ("state", "kind", "topic", "level", "tag", "document"):
            field = self[name]
            asked[name] = field.data if field.data in {choice.value for choice in field.choices} else ""
        return {name: value for name, value in asked.items() if value}


def _offered(everything: str, pairs: Iterable[Any]) -> list[SelectChoice]:
    return [SelectChoice("", everything), *(SelectChoice(pair[0], pair[1]) for pair in pairs)]
