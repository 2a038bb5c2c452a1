"""Reference values for Preprocessor: 20 chest X-rays resized by Pillow in mode F.

Usage: python resize_reference.py SHARED_DATA OUTPUT
Needs: pillow, numpy. Written with Pillow 13.0.0 and numpy 2.4.6.

OUTPUT/resize.csv   path,rule,size,mean,ramp,pixels: mean grey level and sum(i * value) / sum(i) over the flat result, i from 1,
                    0..255 scale, for every image, rule and size; whether pixels follow in resize.bin
OUTPUT/resize.bin   big-endian uint16, value * 256: all pixels at 28 px of every image and rule, at 64 px of the first
                    image of each of the four kinds, at 128 px of the first image, in the order of resize.csv
OUTPUT/decode.csv   path,sum: sum of all decoded samples, by which a difference of JPEG decoders shows

Grey from RGB is 0.299 R + 0.587 G + 0.114 B in float64, rounded to float32. The letterbox is not padded.
"""
import csv
import sys
from pathlib import Path

import numpy as np
from PIL import Image

SIZES = (28, 64, 128)


def first(folder, count):
    return sorted(p for p in folder.iterdir() if p.suffix in (".png", ".jpeg"))[:count]


def images(data):
    xray = data / "chest-xray"
    chosen = []
    for kind, count in (("kermany-fullres", 3), ("nih-chestxray8", 4), ("kermany-224", 2)):
        for label in ("NORMAL", "PNEUMONIA"):
            chosen += first(xray / kind / label, count)
    return chosen + first(xray / "hannover-covid" / "COVID", 2)


def grey(image):
    values = np.asarray(image, dtype=np.float64)
    if values.ndim == 3:
        values = values @ np.array([0.299, 0.587, 0.114])
    return Image.fromarray(values.astype(np.float32))


def stretch(image, size):
    return image.resize((size, size), Image.Resampling.BILINEAR)


def letterbox(image, size):
    scale = size / max(image.size)
    target = tuple(max(1, min(size, int(np.floor(n * scale + 0.5)))) for n in image.size)
    return image.resize(target, Image.Resampling.BILINEAR)


def crop(image, size):
    width, height = image.size
    edge = min(width, height)
    left, top = (width - edge) // 2, (height - edge) // 2
    return image.crop((left, top, left + edge, top + edge)).resize((size, size), Image.Resampling.BILINEAR)


def main(data, output):
    paths = images(data)
    assert len(paths) == 20, len(paths)
    kinds = set()
    output.mkdir(parents=True, exist_ok=True)
    with (open(output / "resize.csv", "w", newline="") as table, open(output / "decode.csv", "w", newline="") as decode,
          open(output / "resize.bin", "wb") as pixels):
        rows, sums = csv.writer(table, lineterminator="\n"), csv.writer(decode, lineterminator="\n")
        rows.writerow(["path", "rule", "size", "mean", "ramp", "pixels"])
        sums.writerow(["path", "sum"])
        for number, path in enumerate(paths):
            name = path.relative_to(data).as_posix()
            with Image.open(path) as opened:
                sums.writerow([name, int(np.asarray(opened, dtype=np.int64).sum())])
                image = grey(opened)
            new_kind = name.split("/")[1] not in kinds
            kinds.add(name.split("/")[1])
            for rule in (stretch, letterbox, crop):
                for size in SIZES:
                    values = np.asarray(rule(image, size), dtype=np.float64).ravel()
                    ramp = np.arange(1, values.size + 1)
                    kept = size == 28 or size == 64 and new_kind or size == 128 and number == 0
                    rows.writerow([name, rule.__name__, size, f"{values.mean():.6f}",
                                   f"{(values * ramp).sum() / ramp.sum():.6f}", int(kept)])
                    if kept:
                        pixels.write(np.clip(np.rint(values * 256), 0, 65535).astype(">u2").tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
