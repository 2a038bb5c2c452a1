"""Zips an application folder for users: zip_package.py HOME APPLICATION ZIP

HOME is the checkout (macros, licence), APPLICATION what Maven laid out. Only the libraries that the version lists go in, so
that a jar of another platform or version that still lies there stays behind.
"""
import os
import sys
import zipfile

PACKED = (".jar", ".zip", ".png", ".jpg", ".gz")


def files(folder):
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(root, name)
            yield os.path.relpath(path, folder).replace(os.sep, "/"), path


def entries(home, application):
    library = os.path.join(application, "lib", "lesionj")
    with open(os.path.join(library, "libraries.txt"), encoding="utf-8") as listed:
        wanted = {os.path.basename(name) for name in listed.read().strip().split(":")}
    for name, path in files(application):
        folder, _, file = name.rpartition("/")
        if folder == "lib/lesionj" and file.endswith(".jar") and file not in wanted:
            continue
        if name.split("/")[0] in ("plugins", "jars", "lib"):
            yield name, path
    for name, path in files(os.path.join(home, "macros")):
        yield "macros/LesionJ/" + name, path
    yield "lib/lesionj/LICENSE", os.path.join(home, "LICENSE")


def main(home, application, target):
    partial = target + ".part"
    with zipfile.ZipFile(partial, "w") as package:
        for name, path in entries(home, application):
            packed = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            package.write(path, name, packed)
    os.replace(partial, target)


if __name__ == "__main__":
    main(*sys.argv[1:4])
