"""What a WSGI server loads: `wsgi:app`."""

from quizapp import config, create_app

app = create_app(**config.from_env())
