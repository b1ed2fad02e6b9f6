"""The organiser's form: what is typed is kept, what is missing is told, nothing of the tree is lost."""

import re

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.formats.contest_shapes import SHAPES
from quizapp.formats.contest_tree import checked, tree_of
from quizapp.models import AuditEvent, ContestDraft
from quizapp.vocabulary import Role
from tests.drafting.desk import NEW, begin, do, stored, write
from tests.drafting.filled import filled


def pages_of(home, tree):
    yield from (f"{home}/parts/general", f"{home}/parts/publish")
    for part in ("rounds", "divisions", "standings", "prizes"):
        yield from (f"{home}/parts/{part}/{number}" for number in range(1, len(tree.get(part, ())) + 1))


@pytest.mark.parametrize("shape", list(SHAPES))
def test_saving_every_page_as_it_stands_changes_no_rule(desk, province, shape):
    home = begin(desk, province, shape)
    before = checked(stored().tree)
    for url in pages_of(home, stored().tree):
        assert write(desk, url).status_code == 302, url
    assert checked(stored().tree).file.rules == before.file.rules


def test_what_has_no_field_is_kept(desk, province, cast):
    home = begin(desk, province, "mot-dot")
    text = filled(desk.get(f"{home}/file").text)["text"][0]
    extra = (
        "papers:\n    - {key: de-1, questions: [a, b], bank: luat}\n    - {key: de-2, questions: [c, d], bank: luat}\n"
    )
    text = re.sub(r"(?m)^    paper:\n(    - .*\n|      .*\n)+", "    " + extra, text)
    assert write(desk, f"{home}/file", text=text).status_code == 302
    papers = stored().tree["rounds"][0]["papers"]
    assert len(papers) == 2
    write(desk, f"{home}/parts/rounds/1", title="Đợt khác")
    round_ = stored().tree["rounds"][0]
    assert (round_["title"], round_["papers"]) == ("Đợt khác", papers)


def test_a_contest_is_made_from_nothing_in_the_browser(desk, province, cast):
    cast.bank("luat", single=30, topic="hop-dong")
    home = begin(desk, province)
    write(desk, f"{home}/parts/general", title="Tìm hiểu Luật Công đoàn")
    do(desk, home, "rounds", "add-")
    write(
        desk,
        f"{home}/parts/rounds/1",
        title="Tuần 1",
        opens=["07/01/2027", "7h"],
        closes=["2027-01-10", "24h00"],
        time__minutes="20",
        attempts__limit="không giới hạn",
        marks__right="0,5",
        essay__prompt="Viết về\nba điều",
        essay__marks="5",
        **{"paper-1-source": "luat|hop-dong", "paper-1-count": "10", "paper-1-level": "de"},
    )
    tree = stored().tree
    assert tree["slug"] == "tim-hieu-luat-cong-doan"
    [round_] = tree["rounds"]
    assert round_["key"] == "tuan-1"
    assert (round_["opens"], round_["closes"]) == ("2027-01-07T07:00", "2027-01-10T24:00")
    assert round_["paper"] == [{"bank": "luat", "topic": "hop-dong", "count": 10, "level": "de"}]
    assert (round_["attempts"]["limit"], round_["marks"]["right"]) == (None, "0.5")
    assert round_["essay"] == {"prompt": "Viết về ba điều", "marks": 5}
    page = desk.get(home).text
    assert "Đã đủ" in page
    assert "(không có trong danh sách)" not in desk.get(f"{home}/parts/rounds/1").text


def test_what_is_wrong_is_saved_as_typed_and_told_at_its_field_and_on_the_overview(desk, province):
    home = begin(desk, province, "mot-dot")
    assert (
        write(desk, f"{home}/parts/rounds/1", closes=["2001-01-01", "bảy giờ"], marks__right="nhiều").status_code == 302
    )
    round_ = stored().tree["rounds"][0]
    assert (round_["closes"], round_["marks"]["right"]) == ("2001-01-01Tbảy giờ", "nhiều")
    page = desk.get(f"{home}/parts/rounds/1").text
    assert 'value="bảy giờ"' in page
    assert 'id="marks__right-error"' in page
    assert "xin chọn ngày và gõ giờ như 07:00" in page
    overview = desk.get(home).text
    assert f'href="{home}/parts/rounds/1#closes"' in overview
    assert f'href="{home}/parts/rounds/1#marks__right"' in overview


def test_a_draft_with_nothing_lists_what_is_missing(desk, province):
    home = begin(desk, province)
    page = desk.get(home).text
    assert f'href="{home}/parts/general#title"' in page
    assert f'href="{home}/parts/rounds"' in page
    assert "Lưu và xem thử" not in page.split("<ol")[1]
    assert "Thông tin chung, Đợt thi" in desk.get("/organise/drafts").text


def test_what_only_the_database_knows_is_told_too(desk, province):
    home = begin(desk, province, "mot-dot")
    page = desk.get(home).text
    assert f'href="{home}/parts/rounds/1#paper-1-source"' in page


def test_a_save_over_somebody_elses_keeps_what_was_typed_and_changes_nothing(desk, province):
    home = begin(desk, province, "mot-dot")
    url = f"{home}/parts/general"
    old = filled(desk.get(url).text)
    write(desk, f"{home}/parts/publish", target_rate="80%")
    answer = desk.submit(url, old | {"title": "Tên của tôi"})
    assert answer.status_code == 409
    assert "Tên của tôi" in answer.text
    assert stored().tree["title"] != "Tên của tôi"
    again = filled(answer.text)
    assert desk.submit(url, again).status_code == 302
    tree = stored().tree
    assert (tree["title"], tree["target_rate"]) == ("Tên của tôi", "80%")


def test_a_copied_round_is_the_next_one_a_week_later(desk, province):
    home = begin(desk, province, "hang-tuan")
    before = stored().tree["rounds"][-1]
    do(desk, home, "rounds", f"copy-{len(stored().tree['rounds'])}")
    after = stored().tree["rounds"][-1]
    assert (before["key"], after["key"]) == ("tuan-4", "tuan-5")
    assert after["title"] == "Tuần 5"
    assert checked({**stored().tree, "rounds": [after]}) is not None
    first, second = checked(stored().tree).file.rules.rounds[-2:]
    assert (second.opens_at - first.opens_at).days == 7


def test_items_are_moved_and_removed(desk, province):
    home = begin(desk, province, "hang-tuan")
    keys = [each["key"] for each in stored().tree["rounds"]]
    do(desk, home, "rounds", "up-2")
    do(desk, home, "rounds", "remove-4")
    assert [each["key"] for each in stored().tree["rounds"]] == [keys[1], keys[0], keys[2]]
    assert do(desk, home, "rounds", "remove-9").status_code == 409


def test_a_text_that_is_no_contest_is_not_saved_and_stays_in_the_form(desk, province):
    home = begin(desk, province, "mot-dot")
    answer = write(desk, f"{home}/file", text="contest: [\n  nửa chừng")
    assert answer.status_code == 422
    assert "nửa chừng" in answer.text
    assert stored().version == 1


def test_a_contest_is_copied_into_the_future_under_another_address(app, province, organiser, cast, clock):
    contest = cast.contest(organiser=province)
    clock.at(days=20)
    desk = cast.log_in(app.test_client(), organiser)
    begin(desk, province, "copy", contest=contest.slug)
    rules = checked(stored().tree).file.rules
    assert rules.slug != contest.slug
    assert rules.opens_at > clock.instant
    assert rules.opens_at.weekday() == contest.rules.opens_at.weekday()


def test_a_contest_has_one_draft_of_its_changes(desk, province, cast):
    contest = cast.contest(organiser=province)
    urls = {desk.submit(f"/organise/drafts/of/{contest.slug}", {}).location for _ in range(2)}
    assert len(urls) == 1
    assert stored().contest_id == contest.id
    assert checked(stored().tree).file.rules == checked(tree_of(contest.rules)).file.rules


def test_an_address_that_is_taken_is_told(desk, province, cast):
    cast.bank()
    contest = cast.contest(organiser=province)
    home = begin(desk, province, "mot-dot")
    text = "contest:\n" + "\n".join(
        f"  {line}"
        for line in (
            f"slug: {contest.slug}",
            "title: Một cuộc thi",
            "organiser: LDLD-MAU",
            "rounds:",
            "- {key: a, title: A, opens: 2027-01-01T07:00, closes: 2027-01-02T24:00, time: none,",
            "   paper: [{bank: luat, count: 1}]}",
        )
    )
    write(desk, f"{home}/file", text=text)
    assert f'href="{home}/parts/general#slug"' in desk.get(home).text


def test_deleting_a_draft_asks_first_and_leaves_a_trace(desk, province):
    home = begin(desk, province)
    assert "không lấy lại được" in desk.get(f"{home}/delete").text
    assert desk.submit(f"{home}/delete", {"seen": "0"}).status_code == 409
    assert write(desk, f"{home}/delete").status_code == 302
    with transaction(writes=False):
        assert session.scalars(select(ContestDraft)).all() == []
        acts = session.scalars(select(AuditEvent.action).where(AuditEvent.subject.startswith("draft:"))).all()
    assert sorted(acts) == ["delete_draft", "make_draft"]


def test_a_draft_is_for_organisers_over_its_union_alone(app, cast, desk, province):
    home = begin(desk, province)
    branch = cast.union("CĐCS Mẫu", parent=province)
    other = cast.union("LĐLĐ tỉnh Khác")
    for union in (branch, other):
        stranger = cast.log_in(app.test_client(), cast.person(union=union, roles=[(Role.ORGANISER, union)]))
        assert stranger.get(home).status_code == 404
        assert stranger.submit(f"{home}/delete", {}).status_code == 404
        assert "Chưa đặt tên" not in stranger.get("/organise/drafts").text
        assert stranger.submit(NEW, {"start": "empty", "unit": province.id}).status_code in (404, 422)


def test_what_nobody_touched_stays_as_it_is_spelled(desk, province):
    home = begin(desk, province, "mot-dot")
    text = filled(desk.get(f"{home}/file").text)["text"][0]
    text = re.sub("closes: .*", "closes: 24h00 ngày 27/12/2026", text, count=1)
    text = re.sub("limit: .*", "limit: không giới hạn", text, count=1)
    write(desk, f"{home}/file", text=text)
    before = stored().tree
    assert checked(before).problems == ()
    write(desk, f"{home}/parts/rounds/1")
    assert stored().tree == before


STRANGE = [
    "rounds: abc",
    "rounds: [a, {opens: [1], paper: [x], time: {minutes: [1]}, attempts: 3, essay: hay, sittings: {hours: {a: b}}}]",
    "rounds: [{paper: {bank: luat}, practice: none, prediction: x, show: none, marks: [1], closes: 9999-12-31T24:00}]",
    "title: {a: b}\n  slug: [x]\n  organiser: [1, 2]\n  audience: {units: [[a], {b: c}], age: x, roles: [nobody, 1]}",
    "standings: {a: 1}\n  prizes: [1, {count: {A: x}, standings: [a]}]",
    "divisions: [[a], {kinds: co_so, units: {a: b}}]\n  timezone: [a]",
    "standings: [{of: unions, order: measure, rounds: tuan-9}, {order: [[a], marks], only_if: x}]\n  publish: live",
    "appeals: none\n  entry: none\n  identity: full_name\n  target_rate: [80%]\n  strange: {deep: [1, {a: none}]}",
]


@pytest.mark.parametrize("lines", STRANGE)
def test_whatever_a_tree_holds_every_page_opens_and_a_save_keeps_what_it_cannot_show(desk, province, lines):
    home = begin(desk, province)
    assert write(desk, f"{home}/file", text=f"contest:\n  {lines}\n").status_code == 302
    before = stored().tree
    assert desk.get(home).status_code == 200
    assert desk.get("/organise/drafts").status_code == 200
    lists = [part for part in ("rounds", "divisions", "standings", "prizes") if isinstance(before.get(part), list)]
    for part in ("rounds", "divisions", "standings", "prizes"):
        assert desk.get(f"{home}/parts/{part}").status_code == 200
    pages = [f"{home}/parts/general", f"{home}/parts/publish"]
    pages += [f"{home}/parts/{part}/{number}" for part in lists for number in range(1, len(before[part]) + 1)]
    for url in pages:
        assert desk.get(url).status_code == 200, url
        assert write(desk, url).status_code == 302, url
    assert stored().tree.get("strange") == before.get("strange")
