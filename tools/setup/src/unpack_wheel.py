"""Takes what a native binding needs out of a TensorFlow wheel: python3 unpack_wheel.py WHEEL FOLDER

FOLDER/lib      the two shared libraries
FOLDER/include  the headers of the C API and those that they include
FOLDER/cuda-requirements.txt  the nvidia wheels that this TensorFlow was built for, pinned
"""

import os
import re
import shutil
import sys
import zipfile

LIBRARY = re.compile(r"tensorflow/libtensorflow_(?:cc|framework)\.so\.2")
HEADER = re.compile(
    r"tensorflow/include/(?:external/local_(?:tsl|xla)/)?"
    r"((?:tensorflow/c/|tensorflow/core/platform/ctstring|(?:xla/)?tsl/platform/ctstring|(?:xla/)?tsl/c/|xla/c/).*\.h)"
)
CUDA = re.compile(r"Requires-Dist: (nvidia-[\w-]+) ?\(?(==[\w.]+)\)? ?;.*and-cuda")


def place_of(name: str) -> "str | None":
    if LIBRARY.fullmatch(name):
        return os.path.join("lib", os.path.basename(name))
    header = HEADER.fullmatch(name)
    return os.path.join("include", header.group(1)) if header else None


def unpack(wheel: str, folder: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(next(n for n in names if n.endswith(".dist-info/METADATA"))).decode()
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "cuda-requirements.txt"), "w") as requirements:
            requirements.writelines(f"{name}{version}\n" for name, version in CUDA.findall(metadata))
        for name in names:
            place = place_of(name)
            if place is None:
                continue
            target = os.path.join(folder, place)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(name) as source, open(target, "wb") as destination:
                shutil.copyfileobj(source, destination, 1 << 20)


if __name__ == "__main__":
    unpack(sys.argv[1], sys.argv[2])
