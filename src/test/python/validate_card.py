"""Judges a model package by the bioimage.io specification; prints "passed" or what is wrong, status 1 then.

Needs the Python package bioimageio.spec (0.5.4 or newer). Every file of the package is read and its checksum compared;
the card's links are declared as known, so that nothing is asked over the network.
"""
import sys

from bioimageio.spec import InvalidDescr, load_description

LINKS = {"https://github.com/lesionj/LesionJ": None}

model = load_description(sys.argv[1], perform_io_checks=True, known_files=dict(LINKS))
if isinstance(model, InvalidDescr):
    print(model.validation_summary.format())
    sys.exit(1)
assert model.type == "model" and model.format_version.startswith("0.5"), model.format_version
for array in model.get_input_test_arrays() + model.get_output_test_arrays():
    print("tensor", array.shape, array.dtype)
for detail in model.validation_summary.details:
    for warning in detail.warnings:
        print("warning", ".".join(map(str, warning.loc)), warning.msg)
print("passed", model.format_version)
