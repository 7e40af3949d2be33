"""Peers in Python. Reads one JSON object a line, does what it says, and answers each with one line.

load {path, n, d}          float32 rows, row-major
sgemm, syrk                X times a copy of X transposed; X times its own transpose, of which NumPy computes one half
neighbours {k}             ids of the k nearest of every row, itself left out, by products in blocks
plane                      two principal components by the eigenvectors of the smaller Gram matrix
umap {k, epochs, given}    UMAP; `epochs` null for its own choice; `given` uses the neighbours found before
`warm` is to come before the first umap, and before load. Answers: {"ms": processor time, "out": file of the result or null}, or {"error": text}. `hello` says what is here.
"""

import json
import os
import resource
import sys
import tempfile
import time

import numpy as np

folder = tempfile.mkdtemp(prefix="bench-peer-")
state = {}


def hello(_):
    versions = {"numpy": np.__version__}
    try:
        import umap

        versions["umap-learn"] = umap.__version__
    except ImportError:
        pass
    return versions


def warm(_):
    """Has umap-learn compiled, which takes half a minute the first time and is not what is measured."""
    state.clear()
    state["x"] = np.random.default_rng(1).normal(size=(500, 8)).astype(np.float32)
    draw({"k": 15, "epochs": 5, "given": False})


forget = "/proc/self/clear_refs"


def resident(field):
    """Kilobytes held: now, or at most since that was forgotten."""
    if os.path.exists("/proc/self/status"):
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(field))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def load(request):
    x = np.fromfile(request["path"], dtype=np.float32).reshape(request["n"], request["d"])
    state.clear()
    state["x"] = x
    state["before"] = resident("VmRSS")
    if os.path.exists(forget):
        with open(forget, "w") as file:
            file.write("5")


def blocks(n):
    height = max(1, min(n, (1 << 26) // n))
    for start in range(0, n, height):
        yield start, min(n, start + height)


def sgemm(_):
    x = state["x"]
    if "copy" not in state:
        state["copy"] = x.copy()
    for start, end in blocks(len(x)):
        x[start:end] @ state["copy"].T


def syrk(_):
    x = state["x"]
    x @ x.T


def neighbours(request):
    x, k = state["x"], request["k"]
    ids = np.empty((len(x), k), dtype=np.int32)
    cosines = np.empty((len(x), k), dtype=np.float32)
    other = state.setdefault("copy", x.copy())
    for start, end in blocks(len(x)):
        block = x[start:end] @ other.T
        block[np.arange(end - start), np.arange(start, end)] = -2
        near = np.argpartition(-block, k, axis=1)[:, :k]
        found = np.take_along_axis(block, near, axis=1)
        order = np.argsort(-found, axis=1, kind="stable")
        ids[start:end] = np.take_along_axis(near, order, axis=1)
        cosines[start:end] = np.take_along_axis(found, order, axis=1)
    state["ids"], state["cosines"] = ids, cosines
    return ids


def plane(_):
    x = state["x"] - state["x"].mean(axis=0)
    if x.shape[0] <= x.shape[1]:
        values, vectors = np.linalg.eigh(x @ x.T)
        return (vectors[:, :-3:-1] * np.sqrt(values[:-3:-1])).astype(np.float32)
    _, vectors = np.linalg.eigh(x.T @ x)
    return x @ vectors[:, :-3:-1]


def draw(request):
    import umap

    given = (None, None, None)
    n = len(state["x"])
    if request["given"]:
        own = np.arange(n, dtype=np.int32)[:, None]
        ids = np.hstack([own, state["ids"]])
        distances = np.hstack([np.zeros((n, 1), np.float32), np.maximum(0, 1 - state["cosines"])])
        given = (ids, distances, None)
    return umap.UMAP(
        n_neighbors=request["k"],
        min_dist=0.1,
        metric="cosine",
        random_state=1,
        n_epochs=request["epochs"],
        precomputed_knn=given,
        force_approximation_algorithm=True,
        n_jobs=1,
    ).fit_transform(state["x"])


def memory(_):
    return {"bytes": (resident("VmHWM") - state["before"]) * 1024}


work = {"sgemm": sgemm, "syrk": syrk, "neighbours": neighbours, "plane": plane, "umap": draw}
talk = {"hello": hello, "warm": warm, "load": load, "memory": memory}

for line in sys.stdin:
    request = json.loads(line)
    name = request["do"]
    try:
        if name in talk:
            answer = talk[name](request) or {}
        else:
            began = time.process_time()
            result = work[name](request)
            answer = {"ms": (time.process_time() - began) * 1000, "out": None}
            if result is not None:
                answer["out"] = os.path.join(folder, name)
                result.tofile(answer["out"])
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)

for left in os.listdir(folder):
    os.remove(os.path.join(folder, left))
os.rmdir(folder)
