"""Reference values for DICOM files: what PS3.3 says the first frame's values are, by pydicom.

Usage: python dicom_reference.py SHARED_DATA OUTPUT
Needs: pydicom, numpy, pylibjpeg, pylibjpeg-openjpeg. Written with pydicom 3.0.2.

OUTPUT/dicom.csv   path,frames,channels,width,height,min,max,mean,at1000: after rescale slope and intercept; MONOCHROME1 as
                   2^BitsStored - 1 - value; at1000 is the value of pixel 1000 of the first channel in row order
"""
import csv
import sys
from pathlib import Path

import numpy as np
import pydicom

FILES = ("pydicom/CT_small.dcm", "pydicom/MR_small.dcm", "pydicom/693_J2KR.dcm", "pydicom/emri_small.dcm", "pydicom/SC_rgb.dcm",
         "pydicom/RG3_J2KI.dcm", "pydicom/eCT_Supplemental.dcm", "lidc-idri-0314-ct/000159.dcm",
         "example-dicom-structural-mr/N2D_0181.dcm")


def rescale(dataset):
    shared = dataset.get("SharedFunctionalGroupsSequence")
    holder = shared[0].PixelValueTransformationSequence[0] if shared and "PixelValueTransformationSequence" in shared[0] else dataset
    return float(holder.get("RescaleSlope") or 1), float(holder.get("RescaleIntercept") or 0)


def main(data, output):
    with open(output / "dicom.csv", "w", newline="") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(["path", "frames", "channels", "width", "height", "min", "max", "mean", "at1000"])
        for name in FILES:
            dataset = pydicom.dcmread(data / "volumes" / name)
            frames = int(dataset.get("NumberOfFrames", 1))
            pixels = dataset.pixel_array.astype(np.float64)
            first = pixels[0] if frames > 1 else pixels
            slope, intercept = rescale(dataset)
            first = first * slope + intercept
            if dataset.PhotometricInterpretation == "MONOCHROME1":
                first = 2 ** dataset.BitsStored - 1 - first
            plane = first[..., 0] if first.ndim == 3 else first
            rows.writerow([name, frames, 3 if first.ndim == 3 else 1, dataset.Columns, dataset.Rows, f"{first.min():g}",
                           f"{first.max():g}", f"{first.mean():.6f}", f"{plane.ravel()[1000]:g}"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
