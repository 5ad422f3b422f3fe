# Writes the .npy files that npy_test.cpp reads: python3 make_npy.py (NumPy 1.24).
import numpy as np

rows = np.arange(6).reshape(2, 3) / 2  # 0, 0.5, 1, 1.5, 2, 2.5
four = np.arange(2 * 3 * 2 * 4).reshape(2, 3, 2, 4)

np.save("rows_f4.npy", rows.astype("<f4"))
np.save("rows_f4_big_endian.npy", rows.astype(">f4"))
np.save("rows_f8.npy", rows.astype("<f8"))
np.save("rows_f8_big_endian.npy", rows.astype(">f8"))
np.save("rows_f4_fortran.npy", np.asfortranarray(rows.astype("<f4")))
np.save("rows_f8_fortran.npy", np.asfortranarray(rows))
np.save("three_f4.npy", four[0].astype("<f4"))
np.save("four_f8_fortran.npy", np.asfortranarray(four.astype("<f8")))
np.save("four_f4.npy", four.astype("<f4"))
np.save("vector_f8.npy", np.array([0.25, -1.0, 3.0]))
np.save("indices_i8.npy", np.array([[-1, 7], [5, 1 << 40]]))
np.save("rows_i4.npy", rows.astype("<i4"))
np.save("rows_f2.npy", rows.astype("<f2"))
np.save("flags.npy", rows > 1)
np.save("scalar_f4.npy", np.float32(2.5))
np.save("five_f4.npy", np.zeros((1, 1, 1, 1, 2), "<f4"))
np.save("special_f4.npy", np.array([[np.nan, np.inf, -np.inf, -0.0]], "<f4"))
for major in (2, 3):
    with open(f"version{major}_f4.npy", "wb") as file:
        np.lib.format.write_array(file, rows.astype("<f4"), version=(major, 0))

# Every type that is read, in both byte orders where it has one, at its ends and between.
for name in ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"):
    dtype = np.dtype(name)
    ends = (0, 1) if name == "bool" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
    np.save(f"{name}.npy", np.array([[ends[0], 0, 1, ends[1]]], dtype))
    if dtype.itemsize > 1:
        np.save(f"{name}_big_endian.npy", np.array([[ends[0], 0, 1, ends[1]]], dtype.newbyteorder(">")))
half = np.array([[0, -0.0, 1, -2.5, 65504, 6e-8, 6.1e-5, np.inf, -np.inf, np.nan]], "<f2")
np.save("float16.npy", half)
np.save("float16_big_endian.npy", half.astype(">f2"))

# What float32 can't hold.
np.save("rounded_i4.npy", np.array([[1, 16777217], [16777216, -33554435]], "<i4"))
np.save("small_f8.npy", np.array([[0.1, 1e-300, 0.0]]))
np.save("large_f8.npy", np.array([[0.1, -1e39]]))

# What is not read, and NumPy writes.
np.save("complex.npy", np.array([[1 + 2j]], "<c8"))
np.save("objects.npy", np.array([[1, None]], object))
np.save("texts.npy", np.array([["a", "bc"]]))
np.save("bytes.npy", np.array([[b"a", b"bc"]]))
np.save("dates.npy", np.array([["2024-02-29"]], "<M8[D]"))
np.save("spans.npy", np.array([[5]], "<m8[ms]"))
np.save("raw.npy", np.zeros((1, 2), "V2"))
np.save("long_double.npy", np.zeros((1, 2), np.longdouble))
np.save("records.npy", np.zeros((1, 2), [("x", "<f4"), ("a [)", "<i4")]))
np.save("empty.npy", np.zeros((0, 3), "<f4"))
