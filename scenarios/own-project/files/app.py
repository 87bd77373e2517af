import os
import signal
import sys

import redis
from flask import Flask

app = Flask(__name__)
store = redis.Redis(host=os.environ.get("STORE", "localhost"), decode_responses=True)


@app.route("/")
def page():
    return os.environ.get("GREETING", "Nobody has set a greeting") + "\n"


@app.route("/visit", methods=["GET", "POST"])
def visit():
    return f"visit {store.incr('visits')}\n"


@app.route("/count")
def count():
    return f"visits so far: {store.get('visits') or 0}\n"


if __name__ == "__main__":
    # The first process of a container ends on SIGTERM only if it says so.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app.run(host="0.0.0.0", port=5000)
