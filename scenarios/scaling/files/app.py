import signal
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        # Stands for the work that an answer takes.
        time.sleep(0.04)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(f"Hello from {socket.gethostname()}\n".encode())


class OneAtATime(HTTPServer):
    # So many may wait in line.
    request_queue_size = 128


# docker stop sends SIGTERM: end at once.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
OneAtATime(("", 8000), Page).serve_forever()
