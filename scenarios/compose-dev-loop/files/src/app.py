import os

from flask import Flask

app = Flask(__name__)


@app.route("/")
def page():
    return f"Good morning, {os.environ['CITY']}!\n"


if __name__ == "__main__":
    # With DEBUG=1, Flask starts the app again whenever a file of it changes.
    app.run(host="0.0.0.0", port=5000, debug=os.environ.get("DEBUG") == "1")
