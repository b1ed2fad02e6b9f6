def test_a_migrated_database_is_ready(client):
    assert client.get("/readyz").status_code == 200
