# Writes the files that array_file_test.cpp reads: python3 make_arrays.py (NumPy 1.24).
import gzip
import zipfile

import numpy as np

rows = np.array([[1, 2, 3], [4, 5, 6]], "int64")
weight = np.arange(2 * 1 * 3 * 3, dtype="float32").reshape(2, 1, 3, 3) / 2

np.savez("one.npz", rows=rows)
np.savez("several.npz", rows=rows, weight=weight, bias=np.array([0.5, -1.5]), half=rows.astype("float16"),
         columns=np.asfortranarray(weight.astype(">f8")), words=np.array(["a", "b"]), complex=rows * 1j)
np.savez_compressed("compressed.npz", rows=rows, weight=weight, zeros=np.zeros((200, 200)))
with zipfile.ZipFile("zip64.npz", "w") as archive:
    with archive.open("rows.npy", "w", force_zip64=True) as file:
        np.lib.format.write_array(file, rows)
    archive.writestr("readme.txt", "no array")
np.savez("empty.npz", nothing=np.zeros((0, 3)), rows=rows)
np.savez("none.npz")

# The idx files of MNIST: two images of 2 x 3, and numbers of each type.
images = bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3]) + bytes(range(0, 240, 20))
with open("images.idx3-ubyte", "wb") as file:
    file.write(images)
with open("images.idx3-ubyte.gz", "wb") as file:
    file.write(gzip.compress(images, mtime=0))
for code, name in ((0x09, ">i1"), (0x0B, ">i2"), (0x0C, ">i4"), (0x0D, ">f4"), (0x0E, ">f8")):
    with open(f"type{code:02x}.idx", "wb") as file:
        file.write(bytes([0, 0, code, 2, 0, 0, 0, 1, 0, 0, 0, 2]) + np.array([-2, 100], name).tobytes())
