#!/usr/bin/env python3
"""Measures how fast architectures train, for the expected time of Suggest Model...; prints JSON lines and writes a file.

Usage: speed.py LESIONJ FOLDER FILE SIZE=CLASS_FOLDERS ... -- ARCHITECTURE ...
Each is trained for 1 and for 3 epochs, in processes of their own; twice the images over the difference of their times is the
speed, so that start, loading and writing do not count. Validation on a tenth of the images does.
With LESIONJ_BENCH_BUSY=1, for a machine that does other things meanwhile, the processor time of the whole process over the
cores is taken instead, and the file says so.
"""
import datetime
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time

BATCH = 16
BUSY = os.environ.get("LESIONJ_BENCH_BUSY") == "1"


def processor():
    try:
        with open("/proc/cpuinfo") as cpu:
            return re.search(r"model name\s*:\s*(.*)", cpu.read()).group(1)
    except (OSError, AttributeError):
        return "unknown"


def run(lesionj, folder, data, architecture, size, epochs):
    output = os.path.join(folder, f"{architecture}-{size}-{epochs}")
    shutil.rmtree(output, ignore_errors=True)
    start = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([lesionj, "Train Classifier...", f"data={data}", "validation=0.1", f"architecture={architecture}", f"size={size}",
                    f"epochs={epochs}", f"batch={BATCH}", "augment=light", "device=cpu", f"output={output}"],
                   check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(os.path.join(output, "run.json")) as ledger:
        peak = json.load(ledger)["peak_memory_mb"]
    shutil.rmtree(output)
    processor_time = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return processor_time / os.cpu_count() if BUSY else wall, peak


def main():
    lesionj, folder, file = sys.argv[1:4]
    cut = sys.argv.index("--")
    sizes = dict(argument.split("=", 1) for argument in sys.argv[4:cut])
    figures = []
    for architecture in sys.argv[cut + 1:]:
        for size, data in sizes.items():
            images = round(0.9 * sum(file.endswith(".png") for _, _, files in os.walk(data) for file in files))
            one, _ = run(lesionj, folder, data, architecture, size, 1)
            three, memory = run(lesionj, folder, data, architecture, size, 3)
            figures.append({"architecture": architecture, "size": int(size),
                            "images_per_second": round(2 * images / (three - one), 1), "peak_mb": memory})
            print(json.dumps({"benchmark": "speed", **figures[-1]}), flush=True)
    with open(file, "w") as out:
        json.dump({"command": "bin/bench speed", "processor": processor(), "cores": os.cpu_count(),
                   "date": datetime.date.today().isoformat(), "batch": BATCH,
                   "measured_by": "processor time, for the machine was busy" if BUSY else "wall time", "figures": figures}, out, indent=2)
        out.write("\n")


if __name__ == "__main__":
    main()
