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
def products():
    rows = ask("SELECT name FROM product ORDER BY name")
    return "Products: " + ", ".join(name for (name,) in rows) + "\n"


if __name__ == "__main__":
    ask(
        """
        CREATE TABLE IF NOT EXISTS product
          (name text PRIMARY KEY, price integer, added timestamptz DEFAULT now());
        INSERT INTO product (name, price)
          VALUES ('black tea', 5), ('green tea', 3), ('white tea', 4) ON CONFLICT DO NOTHING
        """
    )
    app.run(host="0.0.0.0", port=5000)
