import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Notes(BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            with open("/tmp/notes", "a+") as notes:
                notes.write("a visit\n")
                notes.seek(0)
                number = len(notes.readlines())
        except OSError as error:
            self.answer(500, f"cannot write: {error.strerror}\n")
            return
        self.answer(200, f"user {os.getuid()} wrote line {number}\n")

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(text.encode())


ThreadingHTTPServer(("0.0.0.0", 8000), Notes).serve_forever()
