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
