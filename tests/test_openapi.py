"""docs/openapi.yaml is true: it names every address that answers with JSON, and real replies have its shapes."""

import ast
import inspect
import re
import textwrap
from typing import Any

import pytest
import yaml

from quizapp import create_app, db
from quizapp.attempts.changes import BLOCK, MOST_CHANGES
from quizapp.rules.round_rules import EssayRule
from quizapp.rules.typed_answers import TYPED_MOST
from tests.attempts.conftest import Phone, begin
from tests.house import ROOT

API = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())
ALSO_DESCRIBED = {("get", "/metrics")}  # text, but for machines too
TYPES = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
KNOWN = {"type", "required", "properties", "additionalProperties", "items", "enum", "pattern", "description", "$ref"}
KNOWN |= {"minimum", "minLength", "maxLength", "maxItems"}


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        found = API
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        part = found
    return part


def misfits(value: Any, schema: dict[str, Any], at: str = "body") -> list[str]:
    """Return where a value is not as a schema of the file says. Knows what the file uses, and refuses the rest."""
    schema = resolved(schema)
    assert schema.keys() <= KNOWN, f"{at}: {schema.keys() - KNOWN} is not checked yet"
    named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(type(value) in TYPES[name] for name in named):
        return [f"{at}: {value!r} is no {named}"]
    wrong = [f"{at}: {value!r}"] if value not in schema.get("enum", [value]) else []
    if isinstance(value, dict):
        known = schema.get("properties", {})
        wrong += [f"{at}: no {name}" for name in schema.get("required", []) if name not in value]
        if schema.get("additionalProperties") is False:
            wrong += [f"{at}: {name} is not described" for name in value.keys() - known.keys()]
        wrong += [each for name in value.keys() & known for each in misfits(value[name], known[name], f"{at}.{name}")]
    elif isinstance(value, list):
        wrong += [f"{at}: {len(value)} items"] if len(value) > schema.get("maxItems", len(value)) else []
        wrong += [each for item in value for each in misfits(item, schema.get("items", {}), f"{at}[]")]
    elif isinstance(value, str):
        longest = schema.get("maxLength", len(value))
        fits = schema.get("minLength", 0) <= len(value) <= longest and re.search(schema.get("pattern", ""), value)
        wrong += [] if fits else [f"{at}: {value!r}"]
    elif isinstance(value, int):
        wrong += [f"{at}: {value} is too small"] if value < schema.get("minimum", value) else []
    return wrong


def operations() -> set[tuple[str, str]]:
    return {(method, path) for path, methods in API["paths"].items() for method in methods}


def answers_with_json(view: Any) -> bool:
    """Whether a view says that it returns a dictionary, or returns one that is written out in it."""
    function = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(view)))).body[0]
    assert isinstance(function, ast.FunctionDef)
    if function.returns and ast.unparse(function.returns).startswith("dict"):
        return True
    returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
    either = [
        side for part in returned for side in ([part.body, part.orelse] if isinstance(part, ast.IfExp) else [part])
    ]
    return any(isinstance(side.elts[0] if isinstance(side, ast.Tuple) else side, ast.Dict) for side in either)


def served() -> set[tuple[str, str]]:
    app = create_app(DATABASE_URL="sqlite://", SECRET_KEY="test")
    views = {endpoint: view for endpoint, view in app.view_functions.items() if endpoint != "static"}
    speakers = {endpoint for endpoint, view in views.items() if answers_with_json(view)}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in speakers]
    return {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in rules
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def check(reply: Any, operation: str, status: int) -> Any:
    """Assert that a reply has this status and is described; return its body."""
    assert reply.status_code == status, reply.get_data(as_text=True)
    method, path = operation.split(" ")
    described = resolved(API["paths"][path][method]["responses"][str(status)])
    assert misfits(reply.json, described["content"]["application/json"]["schema"]) == []
    return reply.json


WRITE = "put /attempts/{attempt_id}/essay"
SAVE = "put /attempts/{attempt_id}/responses"
TAKE_OVER = "post /attempts/{attempt_id}/takeovers"
SEARCH = "get /unions/search"


@pytest.fixture
def cdcs(cast):
    province = cast.union("Liên đoàn Lao động tỉnh Mẫu")
    cast.bank(single=8, multiple=2)
    essay = EssayRule(prompt="Bạn đề xuất điều gì?", max_mark=500)
    cast.contest(organiser=province, rounds=[cast.round_rules(essay=essay)])
    return cast.union("Công đoàn cơ sở May Mẫu", parent=province)


@pytest.fixture
def phone(cast, client, cdcs, clock):
    worker = cast.person(union=cdcs)
    return Phone(cast.log_in(client, worker), begin(worker, now=clock.instant))


def take_over(phone, client=None, **headers):
    client = client or phone.client
    headers = {"X-CSRFToken": client.token(), **headers}
    return client.post(f"/attempts/{phone.attempt_id}/takeovers", json={}, headers=headers)


def test_every_address_that_answers_with_json_is_described_and_no_other():
    assert operations() == served() | ALSO_DESCRIBED


def test_a_view_that_answers_with_json_is_noticed():
    def declared() -> dict[str, Any]: ...

    def written_out(sure):
        return ({"sure": sure}, 200) if sure else "page"

    def with_status():
        return {"error": "…"}, 409

    def page():
        return str({"not": "returned"})

    views = (declared, written_out, with_status, page)
    assert [answers_with_json(view) for view in views] == [True, True, True, False]


def test_operations_are_called_as_the_endpoints_are():
    app = create_app(DATABASE_URL="sqlite://", SECRET_KEY="test")
    called = {one["operationId"] for methods in API["paths"].values() for one in methods.values()}
    assert called <= set(app.view_functions)
    assert len(called) == len(operations())


def test_a_save_and_what_takes_it_over(phone):
    saved = check(phone.put(phone.change(1, "2", written_at=1796101200000), phone.change(2, None)), SAVE, 200)
    assert (saved["acknowledged"], saved["taken_over"]) == (2, False)
    taken = check(take_over(phone), TAKE_OVER, 200)
    assert (taken["base"], [each["slot"] for each in taken["responses"]]) == (BLOCK, [1, 2])
    assert check(phone.put(), SAVE, 200)["taken_over"]
    assert not check(phone.put(opening=taken["base"]), SAVE, 200)["taken_over"]


def test_a_text_and_what_takes_it_over(phone, app, clock):
    assert check(take_over(phone), TAKE_OVER, 200)["essay"] is None
    body = {"opening": BLOCK, "changes": [{"slot": 0, "number": BLOCK + 1, "answer": "Họp ngắn."}]}
    assert check(write(phone, body), WRITE, 200)["acknowledged"] == BLOCK + 1
    assert check(take_over(phone), TAKE_OVER, 200)["essay"]["answer"] == "Họp ngắn."
    check(write(phone, [], app.test_client()), WRITE, 422)
    check(write(phone, body, app.test_client()), WRITE, 401)
    clock.at(minutes=21)
    check(write(phone, body), WRITE, 409)


def write(phone, body, client=None):
    return (client or phone.client).put(f"/attempts/{phone.attempt_id}/essay", json=body)


def test_what_comes_after_the_close(phone, clock):
    clock.at(minutes=20, seconds=2)
    check(phone.put(phone.change(1, "1")), SAVE, 409)
    check(take_over(phone), TAKE_OVER, 409)


def test_refusals_of_those_who_may_not(phone, app, cast, cdcs):
    stranger = app.test_client()
    check(Phone(stranger, phone.attempt_id).put(), SAVE, 401)
    assert take_over(phone, stranger).status_code == 302
    colleague = cast.log_in(app.test_client(), cast.person(union=cdcs))
    check(Phone(colleague, phone.attempt_id).put(), SAVE, 404)
    check(take_over(phone, colleague), TAKE_OVER, 404)
    check(take_over(phone, **{"X-CSRFToken": "of another log-in"}), TAKE_OVER, 400)


def test_refusals_of_what_is_too_much_or_no_json(phone, app):
    check(phone.client.put(phone.url, data=b"[", content_type="application/json"), SAVE, 422)
    app.config["MAX_CONTENT_LENGTH"] = 100
    check(phone.client.put(phone.url, json={"opening": 0, "changes": [], "more": "x" * 200}), SAVE, 413)


CHANGE = {"slot": 1, "number": 1, "answer": "1"}


@pytest.mark.parametrize(
    "body",
    [
        {"opening": 0, "changes": [CHANGE]},
        {"opening": 0, "changes": [{"slot": 1, "number": 1}]},
        {"opening": 0, "changes": [CHANGE | {"answer": None, "flagged": True, "written_at": None}]},
        {"opening": 0, "changes": [CHANGE | {"answer": ""}]},
        {"opening": 0, "changes": []},
        {"changes": [CHANGE]},
        {"opening": 0},
        {"opening": "0", "changes": []},
        {"opening": 0, "changes": {}},
        {"opening": 0, "changes": [CHANGE] * (MOST_CHANGES + 1)},
        {"opening": 0, "changes": [{"number": 1}]},
        {"opening": 0, "changes": [CHANGE | {"slot": 0}]},
        {"opening": 0, "changes": [CHANGE | {"slot": True}]},
        {"opening": 0, "changes": [CHANGE | {"number": 0}]},
        {"opening": 0, "changes": [CHANGE | {"number": 1.5}]},
        {"opening": 0, "changes": [CHANGE | {"answer": 1}]},
        {"opening": 0, "changes": [CHANGE | {"answer": "x" * (TYPED_MOST + 1)}]},
        {"opening": 0, "changes": [CHANGE | {"flagged": 1}]},
        [],
    ],
)
def test_the_server_takes_what_the_file_allows_and_nothing_else(phone, body):
    schema = API["paths"]["/attempts/{attempt_id}/responses"]["put"]["requestBody"]["content"]["application/json"]
    allowed = misfits(body, schema["schema"]) == []
    check(phone.client.put(phone.url, json=body), SAVE, 200 if allowed else 422)


@pytest.mark.parametrize("answer", ["a", "1;2"])
def test_words_where_an_option_is_to_be_chosen_are_refused(phone, answer):
    check(phone.put(CHANGE | {"answer": answer}), SAVE, 422)


TEXT = {"slot": 0, "number": 1, "answer": "Họp ngắn."}


@pytest.mark.parametrize(
    "body",
    [
        {"opening": 0, "changes": [TEXT]},
        {"opening": 0, "changes": [TEXT | {"answer": None}]},
        {"opening": 0, "changes": [TEXT | {"answer": "x" * 20_000}]},
        {"opening": 0, "changes": [TEXT | {"answer": "x" * 20_001}]},
        {"opening": 0, "changes": [TEXT | {"slot": 1}]},
        {"opening": 0, "changes": [TEXT | {"number": 0}]},
        {"opening": 0, "changes": [TEXT | {"answer": 1}]},
        {"opening": 0, "changes": [TEXT] * 21},
        {"opening": 0, "changes": []},
        [],
    ],
)
def test_the_server_takes_the_texts_that_the_file_allows_and_no_other(phone, body):
    schema = API["paths"]["/attempts/{attempt_id}/essay"]["put"]["requestBody"]["content"]["application/json"]["schema"]
    check(write(phone, body), WRITE, 200 if misfits(body, schema) == [] else 422)


@pytest.mark.parametrize("address", ["/attempts/{attempt_id}/responses", "/attempts/{attempt_id}/essay"])
def test_the_example_is_as_the_file_says(address):
    content = API["paths"][address]["put"]["requestBody"]["content"]["application/json"]
    assert misfits(content["example"], content["schema"]) == []


def test_the_clock_of_who_sits(phone, clock):
    told = check(phone.client.get(f"/attempts/{phone.attempt_id}/clock"), "get /attempts/{attempt_id}/clock", 200)
    assert (told["paused"], told["notice"]) == (False, None)
    assert told["closes_at_ms"] - told["server_now_ms"] == 20 * 60 * 1000
    reply = phone.client.get("/attempts/999/clock", headers={"Accept": "application/json"})
    check(reply, "get /attempts/{attempt_id}/clock", 404)


def test_unions_that_are_found_and_none(client, cdcs):
    found = check(client.get("/unions/search?contest=cuoc-thi&q=may"), SEARCH, 200)
    assert [each["name"] for each in found["unions"]] == [cdcs.name]
    assert check(client.get("/unions/search?contest=cuoc-thi&q=m"), SEARCH, 200) == {"unions": []}


def test_what_monitoring_asks(client, app):
    check(client.get("/healthz"), "get /healthz", 200)
    check(client.get("/readyz"), "get /readyz", 200)
    reply = client.get("/metrics")
    assert reply.mimetype in API["paths"]["/metrics"]["get"]["responses"]["200"]["content"]
    app.config["METRICS_TOKEN"] = "t"
    check(client.get("/metrics", headers={"Accept": "application/json"}), "get /metrics", 404)


def test_a_database_without_tables(tmp_path):
    app = create_app(DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}", SECRET_KEY="test", INSTANCE=tmp_path)
    client = app.test_client()
    check(client.get("/readyz"), "get /readyz", 503)
    check(client.put("/attempts/1/responses", json={"opening": 0, "changes": []}), SAVE, 503)
    accept = {"Accept": "application/json"}
    check(client.get("/unions/search?contest=x&q=may", headers=accept), SEARCH, 503)
    with app.app_context():
        db.database().dispose()


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        ({}, {"type": "object", "required": ["a"]}),
        ({"b": 1}, {"type": "object", "additionalProperties": False}),
        ({"a": True}, {"type": "object", "properties": {"a": {"type": "integer"}}}),
        ([1, 2], {"type": "array", "maxItems": 1, "items": {"type": "integer"}}),
        (["x"], {"type": "array", "items": {"type": "integer"}}),
        ("x", {"type": "string", "enum": ["y"]}),
        ("", {"type": "string", "minLength": 1}),
        ("x", {"type": "string", "pattern": "^y$"}),
        ("xy", {"type": "string", "maxLength": 1}),
        (-1, {"$ref": "#/components/schemas/Instant"}),
    ],
)
def test_a_value_of_another_shape_is_noticed(value, schema):
    assert misfits(value, schema)
