import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


def price(pieces):
    """In euros: 3 each, and 2 each from ten pieces on."""
    return pieces * (2 if pieces >= 10 else 3)


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        text = f"revision {os.environ['REVISION']}: 10 pieces cost {price(10)} euros\n"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    HTTPServer(("", 8000), Page).serve_forever()
