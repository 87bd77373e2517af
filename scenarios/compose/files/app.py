import os
from contextlib import closing

import psycopg2
from flask import Flask

app = Flask(__name__)


def ask(sql):
    password = os.environ["DB_PASSWORD"]
    with closing(psycopg2.connect(host="db", user="postgres", password=password)) as link:
        with link, link.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []


@app.route("/")
def guests():
    rows = ask("SELECT name FROM guest ORDER BY name")
    return "".join(f"{name} was here\n" for (name,) in rows) or "Nobody was here yet\n"


if __name__ == "__main__":
    # Without its database the app ends here, at once.
    ask("CREATE TABLE IF NOT EXISTS guest (name text)")
    app.run(host="0.0.0.0", port=5000)
