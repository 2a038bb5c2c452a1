#!/usr/bin/env python3
"""Writes 100,000 grey PNG of 224 px (one picture) into two class folders, 9 to 1, and a CSV with patients and sites.

Usage: rows.py FOLDER CSV
"""
import os
import random
import struct
import sys
import zlib

SIZE = 224


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def main():
    folder, table = sys.argv[1:]
    png = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 0, 0, 0, 0))
           + chunk(b"IDAT", zlib.compress((b"\0" + b"Z" * SIZE) * SIZE)) + chunk(b"IEND", b""))
    rows = []
    for name, count in (("normal", 90_000), ("lesion", 10_000)):
        for i in range(count):
            part = os.path.join(folder, name, f"{i % 100:02d}")
            if i < 100:
                os.makedirs(part, exist_ok=True)
            with open(os.path.join(part, f"{i}.png"), "wb") as out:
                out.write(png)
            rows.append(f"{os.path.relpath(part, os.path.dirname(table))}/{i}.png,{name},p{i // 10},s{i % 5}")
    random.Random(1).shuffle(rows)
    with open(table, "w") as out:
        out.write("path,label,group,site\n" + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
