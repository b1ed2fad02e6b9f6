"""The thể lệ: each rule that differs gives another sentence, and nothing secret is printed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.rules.articles import KnownNames, as_text
from quizapp.rules.contest_rules import (
    BoardRules,
    DivisionRules,
    EntrantsRule,
    EntryRule,
    OnlyIf,
    PrizeRules,
    PublishRule,
    Weight,
)
from quizapp.rules.round_rules import (
    AttemptsRule,
    Draw,
    EssayRule,
    FilesRule,
    FixedPaper,
    PracticeRule,
    PredictionRule,
    QuestionRef,
    ShowRule,
    Sittings,
)
from quizapp.rules.rulebook import rulebook, short_rules
from quizapp.vocabulary import (
    BoardWhen,
    Combine,
    Counting,
    EntrantRole,
    Excluded,
    FeedbackWhen,
    FileKind,
    Level,
    LimitPer,
    Measure,
    MultipleMarks,
    Names,
    OnTie,
    Order,
    PredictionTarget,
    PrizeBy,
    Resolution,
    ShownWhen,
    StandingsOf,
    Weekday,
    WordUnit,
)
from tests.rules.contest import contest_rules, round_rules

KNOWN = KnownNames(
    unions={"LDLD": "Liên đoàn Lao động tỉnh Mẫu"},
    banks={"nq02": "Nghị quyết số 02-NQ/TW", "luat": "Bộ luật Lao động 2019"},
    topics={("luat", "hop-dong"): "Hợp đồng lao động"},
    rubrics={"sang-kien": "Chấm ý tưởng"},
)


def text(*rounds, **changed):
    rules = contest_rules(*rounds, **changed)
    return as_text(rules.title, rulebook(rules, KNOWN))


def one(**changed):
    return text(round_rules(**changed))


def test_names_are_printed_for_codes_and_an_unknown_code_as_it_is():
    printed = text(round_rules(draws=(Draw("luat", 8, "hop-dong", Level.EASY), Draw("khac", 2))))
    assert "Liên đoàn Lao động tỉnh Mẫu" in printed
    assert "8 câu về “Bộ luật Lao động 2019” (chủ đề Hợp đồng lao động, mức độ dễ); 2 câu về “khac”" in printed


def test_a_window_that_ends_at_midnight_ends_at_24_00_of_the_day_before():
    assert "từ 07:00 Thứ Ba ngày 01/12/2026 đến 24:00 Chủ nhật ngày 06/12/2026" in one()


def test_times_are_printed_in_the_contests_zone():
    printed = text(timezone="Asia/Tokyo")
    assert "từ 09:00 Thứ Ba ngày 01/12/2026 đến 02:00 Thứ Hai ngày 07/12/2026" in printed
    assert "Asia/Tokyo" in printed


def test_the_entry_code_is_mentioned_but_never_printed():
    assert "nhập mã dự thi" in text()
    assert "280729" not in text()
    assert "nhập mã dự thi" not in text(entry=EntryRule())


def test_who_has_no_account_learns_what_to_do():
    assert "tự đăng ký với họ và tên" in text()
    assert "không mở tự đăng ký" in text(entry=EntryRule(registration=False))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (AttemptsRule(limit=1), "Mỗi người thi một lượt trong đợt thi."),
        (AttemptsRule(limit=2), "tối đa 2 lượt trong đợt thi; kết quả được tính là lượt có điểm cao nhất"),
        (AttemptsRule(3, LimitPer.CONTEST, Counting.SUM), "tối đa 3 lượt trong cả cuộc thi; kết quả được tính của mỗi"),
        (AttemptsRule(None, counted=Counting.MEAN), "Không giới hạn số lượt thi; kết quả được tính là điểm trung bình"),
        (AttemptsRule(2, counted=Counting.LAST), "kết quả được tính là lượt cuối cùng"),
    ],
)
def test_how_often_and_what_counts(rule, said):
    assert said in one(attempts=rule)


@pytest.mark.parametrize(
    ("questions", "options", "said"),
    [
        (Order.SHUFFLED, Order.SHUFFLED, "Thứ tự câu hỏi và thứ tự phương án trả lời được xáo trộn"),
        (Order.FIXED, Order.SHUFFLED, "Thứ tự phương án trả lời được xáo trộn"),
        (Order.FIXED, Order.FIXED, "riêng cho từng lượt thi.\n"),
    ],
)
def test_what_is_shuffled(questions, options, said):
    assert said in one(question_order=questions, option_order=options)


def test_marks_are_written_as_vietnamese_read_them():
    assert "đúng được 0,5 điểm" in one(right_mark=50)
    assert "tối đa của một lượt thi là 10 điểm" in one(right_mark=50)


def test_the_rule_for_late_answers_names_the_grace():
    assert "chậm không quá 2 giây sau khi bài thi đóng vẫn được tính" in one()


def test_rounds_alike_are_said_once_and_rounds_that_differ_by_their_titles():
    assert text().count("Đề thi gồm 20 câu") == 1
    printed = text(round_rules(), round_rules("tuan-2"), round_rules("tuan-3", time_limit=timedelta(minutes=30)))
    assert "- Tuần 1, Tuần 2: đề thi gồm 20 câu hỏi trắc nghiệm, làm trong 20 phút" in printed
    assert "- Tuần 3: đề thi gồm 20 câu hỏi trắc nghiệm, làm trong 30 phút" in printed


def test_boards_say_their_order_and_how_rounds_are_put_together():
    printed = text()
    assert (
        "theo thứ tự: điểm cao hơn, rồi thời gian làm bài ít hơn, rồi nộp bài sớm hơn; kết quả của một người là tổng"
        in printed
    )
    assert "“Cá nhân – Tuần 2”: xếp hạng cá nhân của Tuần 2 theo thứ tự" in printed
    assert "cùng hạng" in printed
    assert "số người dự thi chia cho số đoàn viên" in printed


def test_publication_says_when_and_under_which_names():
    assert "ví dụ “Nguyễn T. Á. T***”" in text()
    open_board = text(publish=PublishRule(BoardWhen.LIVE, Names.FULL))
    assert "cập nhật trong suốt cuộc thi" in open_board
    assert "ghi đầy đủ" in open_board
    hidden = one(show=ShowRule(ShownWhen.NEVER, ShownWhen.NEVER))
    assert "không được xem điểm" in hidden
    assert "Đáp án không được công bố" in hidden


def test_short_rules_are_five_facts():
    facts = short_rules(round_rules())
    assert len(facts) == 5
    assert facts[0] == "20 câu hỏi, làm trong 20 phút; điểm tối đa 20."


ESSAY = EssayRule("Đề xuất một ý tưởng", 500, least_words=200, most_words=1500, gap=100)


def essay(**changed):
    return one(essay=replace(ESSAY, **changed), time_limit=None, draws=())


def test_a_contest_without_essays_says_nothing_of_them():
    assert "bài viết" not in text().lower()
    assert "tạm tính" not in text()


def test_the_essay_is_told_with_its_prompt_its_length_and_its_marks():
    printed = essay()
    assert "Viết một bài theo đề: “Đề xuất một ý tưởng”. Độ dài từ 200 đến 1.500 chữ; mỗi chữ là" in printed
    assert "Đề thi là một bài viết, làm và nộp trước khi đợt thi kết thúc." in printed
    assert "Bài viết được tối đa 5 điểm; đó cũng là điểm tối đa của một lượt thi." in printed
    assert "phương án" not in printed
    assert "bỏ trống câu hỏi" not in printed
    assert "Đáp án" not in printed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"least_words": None}, "Độ dài không quá 1.500 chữ;"),
        ({"most_words": None, "unit": WordUnit.TU}, "Độ dài ít nhất 200 từ;"),
        ({"prompt": "Vì sao?"}, "“Vì sao?” Độ dài"),
        ({"least_words": None, "most_words": None}, "“Đề xuất một ý tưởng”.\n"),
    ],
)
def test_a_length_is_told_as_far_as_the_rules_have_one(changed, said):
    assert said in essay(**changed)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "do hai giám khảo chấm độc lập, không ai biết điểm của người khác. Giám khảo cho điểm từ 0 đến 5."),
        ({}, "Điểm bài viết là trung bình cộng điểm của các giám khảo, lấy đến hai chữ số thập phân."),
        (
            {},
            "lệch nhau quá 1 điểm thì giám khảo thứ ba chấm độc lập, và điểm bài viết là trung bình cộng hai",
        ),
        ({"resolution": Resolution.MEDIAN}, "giám khảo thứ ba chấm độc lập, và điểm bài viết là điểm đứng giữa trong"),
        ({"resolution": Resolution.CHAIR, "gap": 50}, "lệch nhau quá 0,5 điểm thì Trưởng Ban Giám khảo quyết định"),
        ({"combine": Combine.SUM}, "từ 0 đến 2,5. Điểm bài viết là tổng điểm của các giám khảo"),
        ({"combine": Combine.SUM}, "hai điểm gần nhau nhất trong ba điểm, nhân với 2;"),
        ({"judges": 1, "gap": None}, "do một giám khảo chấm. Giám khảo cho điểm từ 0 đến 5. Điểm bài viết là điểm của"),
        ({"judges": 3, "gap": None, "combine": Combine.MEDIAN}, "do ba giám khảo chấm độc lập"),
        ({"judges": 3, "gap": None, "combine": Combine.MEDIAN}, "Điểm bài viết là trung vị (điểm đứng giữa)"),
        ({"rubric": "sang-kien"}, "theo phiếu chấm “Chấm ý tưởng”, điểm được quy về thang 5 điểm."),
        ({"rubric": "khac"}, "theo phiếu chấm “khac”"),
        ({"feedback": FeedbackWhen.PUBLISHED}, "nhận xét của giám khảo (không ghi tên) khi Ban tổ chức công bố"),
        ({"appeals_until": datetime(2027, 1, 15, 17, tzinfo=UTC)}, "phúc khảo một lần, trước 24:00 ngày 15/01/2027"),
    ],
)
def test_judging_is_told_as_it_is_done(changed, said):
    assert said in essay(**changed)


def test_files_and_handing_in_again_are_told_when_the_rules_have_them():
    files = FilesRule((FileKind.PHOTO, FileKind.DOCX), 4, 5)
    assert "kèm ảnh chụp bài viết tay, tệp Word; tất cả không quá 4 ảnh hoặc trang, mỗi tệp" in essay(files=files)
    assert "được mở ra sửa và nộp lại" in essay(hand_in_again=True)
    assert not any(words in essay() for words in ("nộp lại", "gửi kèm", "phúc khảo"))


def test_without_a_gap_nobody_is_told_of_a_third_judge():
    assert "thứ ba" not in essay(gap=None)


def test_judging_is_blind_and_the_total_provisional_until_every_essay_has_its_mark():
    printed = essay()
    assert "số phách" in printed
    assert "không chấm bài của người thuộc công đoàn mình" in printed
    assert "chỉ là kết quả tạm tính" in printed


def test_questions_and_essay_in_one_paper_add_up():
    printed = one(essay=ESSAY)
    assert "Đề thi gồm 20 câu hỏi trắc nghiệm và một bài viết, làm trong 20 phút: 12 câu" in printed
    assert "được 0 điểm; bài viết được tối đa 5 điểm; điểm tối đa của một lượt thi là 25 điểm." in printed
    assert "Đáp án kèm căn cứ" in printed


def test_an_essay_of_one_round_of_several_is_told_with_its_title():
    printed = text(round_rules(), round_rules("tuan-2", essay=ESSAY))
    assert "- Tuần 2: viết một bài theo đề" in printed
    assert "- Tuần 2: mỗi bài viết do hai giám khảo" in printed


def test_short_rules_tell_of_the_essay():
    both = short_rules(round_rules(essay=ESSAY))
    assert both[0] == "20 câu hỏi và một bài viết từ 200 đến 1.500 chữ, làm trong 20 phút; điểm tối đa 25."
    assert "tạm tính" in both[-1]
    assert both[2].startswith("Câu trả lời và bài viết được tự lưu trong khi làm.")
    alone = short_rules(round_rules(essay=ESSAY, draws=(), time_limit=None))
    assert alone[0] == ("Một bài viết từ 200 đến 1.500 chữ, làm và nộp trước khi đợt thi kết thúc; điểm tối đa 5.")
    assert "vào viết tiếp" in alone[3]
    assert not any("Đáp án" in fact or "Đồng hồ" in fact for fact in alone)


def test_articles_are_numbered():
    assert [line for line in text().split("\n") if line.startswith("Điều 1.")] == [
        "Điều 1. Đơn vị tổ chức và đối tượng dự thi"
    ]


def test_sittings_are_told_by_hours_and_days():
    rule = Sittings((Weekday.TUESDAY, Weekday.THURSDAY, Weekday.SUNDAY), ((7 * 60, 21 * 60),))
    assert "trong các ca: 07:00–21:00 thứ Ba, thứ Năm, Chủ nhật." in one(sittings=rule)
    assert "trong các ca: hằng ngày." in one(sittings=Sittings())
    assert "Chỉ bắt đầu lượt thi trong các ca" not in one()


def test_questions_one_after_the_other_are_told_with_their_seconds():
    printed = one(seconds_per_question=20)
    assert "mỗi câu làm trong 20 giây, cả bài tối đa 6 phút 40 giây" in printed
    assert "Câu hỏi hiện lần lượt từng câu, không quay lại được." in printed
    assert "Câu hỏi hiện lần lượt" not in one()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (AttemptsRule(2, LimitPer.DAY), "tối đa 2 lượt trong mỗi ngày; kết quả được tính của đợt thi là lượt"),
        (AttemptsRule(1, LimitPer.WEEK), "Mỗi người thi một lượt trong mỗi tuần (từ thứ Hai đến Chủ nhật)"),
        (AttemptsRule(3, LimitPer.SITTING), "tối đa 3 lượt trong mỗi ca thi"),
        (AttemptsRule(2, wait=timedelta(hours=12)), "Hai lượt liền nhau cách nhau ít nhất 12 giờ 00 phút."),
    ],
)
def test_attempts_are_told_by_their_span_and_their_wait(rule, said):
    assert said in one(attempts=rule)


def test_partial_marks_scales_and_deductions_are_told():
    printed = one(multiple=MultipleMarks.PARTIAL, wrong_mark=-25, scale_to=10_00)
    assert "theo phần đúng" in printed
    assert "trả lời sai bị trừ 0,25 điểm, bỏ trống được 0 điểm; tổng điểm thấp nhất là 0" in printed
    assert "quy đổi theo thang 10 điểm" in printed
    assert "điểm tối đa của một lượt thi là 10 điểm" in printed


def test_papers_sections_tags_and_marks_of_questions_are_told():
    drawn = one(draws=(Draw("luat", 5, tag="tinh-huong", section="Phần I", right_mark=200), Draw("nq02", 5)))
    assert "Phần I: 5 câu về “Bộ luật Lao động 2019” (nhãn tinh-huong), mỗi câu 2 điểm" in drawn
    assert "số điểm ghi ở phần Đề thi (câu không ghi được 1 điểm)" in drawn
    refs = (QuestionRef("luat", "luat-001"), QuestionRef("luat", "luat-002"))
    papers = (FixedPaper("de-1", "Đề 1", refs), FixedPaper("de-2", "Đề 2", refs))
    fixed = one(draws=(), papers=papers, chooses_paper=True)
    assert "Đề thi gồm 2 câu hỏi trắc nghiệm" in fixed
    assert "Có 2 đề (Đề 1, Đề 2); người dự thi chọn một đề." in fixed
    assert "Bộ luật Lao động 2019." in fixed


def test_a_prediction_says_whom_it_counts_and_when():
    printed = one(prediction=PredictionRule(PredictionTarget.ALL_RIGHT, "Bao nhiêu người đúng hết?"))
    assert "“Bao nhiêu người đúng hết?”" in printed
    assert "hỏi số người trả lời đúng tất cả các câu hỏi của đợt thi. Mỗi người được tính một lần." in printed


def test_that_a_guess_does_not_choose_among_attempts_is_said_only_where_one_guesses():
    guessing = one(prediction=PredictionRule(PredictionTarget.PARTICIPANTS, "Bao nhiêu người?"))
    assert "các tiêu chí của bảng xếp hạng, không kể dự đoán." in guessing
    assert "không kể dự đoán" not in one()


def test_must_answer_all_is_told_and_blanks_are_no_longer_allowed():
    printed = one(must_answer_all=True)
    assert "chỉ hợp lệ khi trả lời tất cả câu hỏi" in printed
    assert "được bỏ trống câu hỏi" not in printed
    assert "được bỏ trống câu hỏi" in one()


def test_practice_is_told_to_be_in_no_board():
    assert "Được thi thử tối đa 2 lượt; kết quả thi thử không tính" in one(practice=PracticeRule(2))


def test_who_may_enter_follows_roles_ages_and_exclusions():
    rule = EntrantsRule((EntrantRole.OFFICER,), 15, 35, True, (Excluded.ORGANISERS, Excluded.JUDGES))
    printed = text(
        entrants=rule, divisions=(DivisionRules("A", "Bảng A", units=("LDLD",)), DivisionRules("D", "Bảng D"))
    )
    assert "Đối tượng dự thi: cán bộ công đoàn thuộc Liên đoàn Lao động tỉnh Mẫu" in printed
    assert "người không thuộc công đoàn cơ sở nào" in printed
    assert "từ đủ 15 tuổi đến 35 tuổi" in printed
    assert "Không được dự thi: thành viên Ban tổ chức, giám khảo." in printed
    assert "Bảng A: thuộc Liên đoàn Lao động tỉnh Mẫu." in printed
    assert "Bảng D: những người dự thi còn lại." in printed


def test_boards_tell_conditions_measures_and_tie_breaks_of_unions():
    board = BoardRules(
        "cdcs",
        "Công đoàn cơ sở",
        StandingsOf.UNIONS,
        measure=Measure.TOP_K_MEAN,
        top_k=10,
        union_order=(Measure.ENTRANTS,),
        only_if=OnlyIf(rate_over=80_00, mean_over=15_00),
    )
    printed = text(boards=(board,))
    assert (
        "theo tổng điểm của 10 người cao điểm nhất chia cho 10; nếu bằng nhau thì lần lượt xét số người dự thi"
        in printed
    )
    assert "chỉ gồm đơn vị có tỷ lệ tham gia trên 80%; chỉ gồm đơn vị có điểm trung bình trên 15" in printed
    weighed = replace(board, weights=(Weight(Measure.SUM, 100), Weight(Measure.ENTRANTS, 50)))
    assert "điểm tổng hợp, bằng 1 × tổng điểm của những người dự thi cộng 0,5 × số người dự thi" in text(
        boards=(weighed,)
    )
    people = BoardRules("ca-nhan", "Cá nhân", StandingsOf.PEOPLE, only_if=OnlyIf(all_right=True, least_mark=5_00))
    assert "chỉ gồm người trả lời đúng tất cả các câu hỏi; chỉ gồm người đạt từ 5 điểm" in text(boards=(people,))


def test_prizes_are_an_article_with_numbers_by_division():
    board = BoardRules("ca-nhan", "Cá nhân", StandingsOf.PEOPLE, by_division=True)
    prizes = (
        PrizeRules("nhat", "Giải Nhất", "ca-nhan", 1, value_vnd=2_000_000, on_tie=OnTie.LOT),
        PrizeRules("kk", "Giải Khuyến khích", "ca-nhan", counts=(("A", "30"), ("B", "20"))),
        PrizeRules("may-man", "Giải May mắn", "ca-nhan", 5, by=PrizeBy.LOT, is_side=True),
    )
    printed = text(boards=(board,), divisions=(DivisionRules("A", "Bảng A"),), prizes=prizes)
    assert (
        "Giải Nhất: mỗi bảng 1 giải, mỗi giải 2.000.000 đồng; xét theo bảng “Cá nhân”; nếu số người bằng nhau"
        in printed
    )
    assert "Giải Khuyến khích: Bảng A 30 giải, B 20 giải; xét theo bảng “Cá nhân”." in printed
    assert "Giải May mắn (giải phụ): mỗi bảng 5 giải; rút thăm trong những người có tên ở bảng “Cá nhân”." in printed
    assert "Giải phụ không tính vào giới hạn này." in printed
    assert "mầm ngẫu nhiên" in printed
    assert "Cơ cấu giải thưởng" not in text()


def test_appeals_and_a_freeze_are_told_with_their_instants():
    at = datetime(2026, 12, 20, 17, tzinfo=UTC)
    assert "trước 24:00 ngày 20/12/2026; Ban tổ chức trả lời" in text(appeals_until=at)
    assert "Từ 00:00 ngày 21/12/2026, bảng công khai dừng cập nhật" in text(publish=PublishRule(freeze_at=at))
