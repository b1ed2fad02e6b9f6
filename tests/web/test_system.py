"""What machines ask, and addresses that nothing can be at."""

import pytest

from quizapp import create_app, db


def test_a_migrated_database_is_ready(client):
    assert client.get("/readyz").status_code == 200


def test_a_database_without_tables_is_not_ready(tmp_path):
    app = create_app(DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}", SECRET_KEY="test", INSTANCE=tmp_path)
    reply = app.test_client().get("/readyz")
    assert (reply.status_code, reply.json["status"]) == (503, "database not migrated")
    with app.app_context():
        db.database().dispose()


def test_metrics_are_for_this_machine_or_for_who_has_the_token(app, client):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404
    app.config["TRUSTED_PROXIES"] = 1
    assert client.get("/metrics").status_code == 404
    app.config["METRICS_TOKEN"] = "bi mat"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer bi mat"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/contests/a%00b",
        "/contests/a%00b/rules",
        "/contests/a%00b/standings/x",
        "/contests/cuoc-thi/standings?after=99999999999999999999",
        "/?page=99999999999999999999",
        "/?page=-1",
        "/unions/search?q=may&contest=%00",
        "/register?contest=%00",
    ],
)
def test_an_address_that_no_row_can_have_is_no_error_of_the_server(client, cast, address):
    cast.bank()
    cast.contest(organiser=cast.union())
    assert client.get(address).status_code in (200, 404)


def test_an_error_leads_back_to_the_page_before_but_to_no_other_site(client):
    here = client.get("/nowhere", headers={"Referer": "http://localhost/contests/cuoc-thi"}).get_data(as_text=True)
    assert 'href="http://localhost/contests/cuoc-thi">Về trang trước' in here
    elsewhere = client.get("/nowhere", headers={"Referer": "http://localhost.example/"}).get_data(as_text=True)
    assert "Về trang trước" not in elsewhere
