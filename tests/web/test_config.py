"""What the environment gives."""

import threading

from quizapp import config


def test_all_who_start_at_once_have_the_same_secret_which_only_the_owner_reads(tmp_path):
    folder, seen = tmp_path / "instance", []
    start = threading.Barrier(8)

    def read():
        start.wait()
        seen.append(config.from_env({"INSTANCE": str(folder)})["SECRET_KEY"])

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1
    assert len(seen[0]) >= 48
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert (folder / "secret_key").stat().st_mode & 0o077 == 0
