import redis
from flask import Flask

app = Flask(__name__)
cache = redis.Redis(host="cache")
here = 0


@app.route("/")
def visits():
    global here
    here += 1
    return f"Visits: {cache.incr('visits')}, counted by this process: {here}\n"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
