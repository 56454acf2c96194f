"""One run in a process of its own, so that its peak memory is its own: ``python -m benchmarks.measure CASE...``."""

import json
import resource
import sys
import time

import numpy as np

from benchmarks.instances import Case, Instance, make
from benchmarks.peers import SOLVERS


def one_pass(instance: Instance) -> float:
    """Seconds of one look at every pair: the floor under any method."""
    begin = time.perf_counter()
    for start in range(0, instance.persons.size, 10_000):
        rows = slice(start, start + 10_000)
        (instance.benefit[rows] - 0.01 * instance.persons[rows, None]).argmax(axis=1)
    return time.perf_counter() - begin


def main() -> None:
    """Measure one solver on one instance and print a line of JSON."""
    request = json.loads(sys.argv[1])
    instance = make(Case(**request["case"]), request["seed"])
    floor = one_pass(instance)
    before = resource.getrusage(resource.RUSAGE_SELF)
    begin = time.perf_counter()
    links, bound, status = SOLVERS[request["solver"]](instance, request["seconds"])
    seconds = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_SELF)
    linked = np.flatnonzero(links >= 0)
    load = np.bincount(links[linked], weights=instance.persons[linked], minlength=instance.opgave.size)
    value = float(instance.benefit[linked, links[linked]].sum())
    outcome = {
        "persons": int(instance.persons[linked].sum()),
        "of": int(instance.persons.sum()),
        "value": value,
        "gap": (bound - value) / abs(value) if np.isfinite(bound) and value else None,
        "status": status,
        "seconds": seconds,
        "user_seconds": after.ru_utime - before.ru_utime,
        "one_pass": floor,
        "peak_gb": after.ru_maxrss / 1e6,
        "instance_gb": (instance.benefit.nbytes + instance.admissible.nbytes) / 1e9,
        "persons_over_opgave": int(np.maximum(load - instance.opgave, 0).sum()),
    }
    sys.stdout.write("\n" + json.dumps(outcome) + "\n")


if __name__ == "__main__":
    main()
