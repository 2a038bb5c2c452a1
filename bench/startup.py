#!/usr/bin/env python3
"""Times whole processes, from start to the first class, interleaved in one run; prints one JSON line.

Usage: startup.py ROUNDS NAME=COMMAND NAME=COMMAND ...   (each command is one shell line)
The first round fills the page cache and is not counted. Memory is the largest resident set of the process and its children.
"""
import json
import os
import sys
import time


def run(command):
    start = time.perf_counter()
    child = os.spawnvp(os.P_NOWAIT, "sh", ["sh", "-c", "exec " + command + " > /dev/null 2>&1"])
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"failed with status {os.waitstatus_to_exitcode(status)}: {command}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main():
    rounds = int(sys.argv[1])
    commands = dict(argument.split("=", 1) for argument in sys.argv[2:])
    seconds = {name: [] for name in commands}
    memory = {name: [] for name in commands}
    for i in range(rounds + 1):
        for name, command in commands.items():
            wall, rss = run(command)
            if i > 0:
                seconds[name].append(round(wall, 3))
                memory[name].append(round(rss))
    median = lambda values: sorted(values)[len(values) // 2]
    print(json.dumps({"benchmark": "startup", "rounds": rounds,
                      "seconds": seconds, "median_seconds": {n: median(v) for n, v in seconds.items()},
                      "peak_mb": {n: median(v) for n, v in memory.items()}}))


if __name__ == "__main__":
    main()
