"""Bodies that no page of ours sends: they are refused, and never an error of the server."""

import pytest

from tests.cast import PASSWORD

DEEP = "[" * 100_000


def sent(client, method, url, body, **headers):
    return client.open(url, method=method, data=body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("body", ["[1]", "5", '{"login": 5}', '{"login": "\\ud800", "password": "x"}', "null", DEEP])
def test_a_form_is_not_filled_from_json(client, body):
    reply = sent(client, "POST", "/log-in", body, **{"X-CSRFToken": client.token()})
    assert reply.status_code in (400, 422)


def test_nobody_logs_in_by_json(cast, client):
    cast.person(phone="0912345678")
    body = f'{{"login": "0912345678", "password": "{PASSWORD}"}}'
    assert sent(client, "POST", "/log-in", body, **{"X-CSRFToken": client.token()}).status_code == 422


@pytest.mark.parametrize("body", [DEEP, '{"a":' * 100_000])
def test_json_nested_without_end_is_no_json(client, body):
    assert sent(client, "PUT", "/attempts/1/responses", body).status_code == 422


def test_an_address_with_two_slashes_names_no_host(client):
    reply = client.get("/static//css/site.css", headers={"Host": "evil.example"})
    assert (reply.status_code, reply.location) == (404, None)
