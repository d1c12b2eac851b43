"""The demo's application: says hello from its node, and can be slow or broken on purpose."""

import os
import socket
import time

from flask import Flask, jsonify, request

# While this file exists every path but /health answers 500: an application that is sick although its health check is not.
SICK_SWITCH = "/srv/lab/err500"

app = Flask(__name__)
HOST = socket.gethostname()


@app.before_request
def sick():
    if request.path != "/health" and os.path.exists(SICK_SWITCH):
        return f"{HOST} is told to answer 500\n", 500
    return None


@app.after_request
def say_who(response):
    response.headers["X-Hello-Host"] = HOST
    return response


@app.get("/")
def hello():
    return f"hello from {HOST}\n", {"Content-Type": "text/plain; charset=utf-8"}


@app.get("/health")
def health():
    return jsonify(status="UP", host=HOST, pid=os.getpid())


@app.get("/slow")
def slow():
    time.sleep(min(float(request.args.get("s", "1")), 30))
    return f"slow hello from {HOST}\n", {"Content-Type": "text/plain; charset=utf-8"}
