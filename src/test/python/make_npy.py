"""Writes the arrays that NpyTest reads. Run in src/test/resources/npy; NumPy 1.26 or newer."""
import numpy as np

np.save("float32.npy", np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 8 - 1)
np.save("float64.npy", np.array([np.pi, -np.inf, 1e300]))
np.save("uint8.npy", np.array([[0, 127], [128, 255]], np.uint8))
np.save("int64.npy", np.array([-2 ** 40, 7], np.int64))
np.save("uint16.npy", np.array([65535], np.uint16))
np.save("bool.npy", np.array([True, False]))
np.save("scalar.npy", np.array(2.5, np.float32))
np.save("empty.npy", np.zeros((0, 3), np.float32))
with open("version2.npy", "wb") as file:
    np.lib.format.write_array(file, np.arange(3, dtype=np.int32), version=(2, 0))
np.save("fortran.npy", np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)))
np.save("big_endian.npy", np.arange(3, dtype=">f4"))
np.save("text.npy", np.array(["a", "b"]))
np.save("structured.npy", np.zeros(2, dtype=[("x", "<f4"), ("y", "<i4")]))
