"""The client without a window: what it makes of arrays, how it finds a window, and its figures.

Needs CONVSCOPE, the path of the program."""

import os
import pathlib
import socket
import struct
import sys
import tempfile
import threading
import unittest

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
import convscope  # noqa: E402


class Tensor:
    """What is known of a tensor of PyTorch, which need not be installed."""

    def __init__(self, values, on_gpu=True, needs_gradient=True):
        self._values, self._on_gpu, self._needs_gradient = values, on_gpu, needs_gradient

    def detach(self):
        return Tensor(self._values, self._on_gpu, False)

    def cpu(self):
        return Tensor(self._values, False, self._needs_gradient)

    def numpy(self):
        if self._on_gpu or self._needs_gradient:
            raise RuntimeError("detach it, and copy it to the memory first")
        return self._values


class Arrays(unittest.TestCase):
    def taken(self, values, name="input"):
        return convscope._array(values, name, convscope._RANKS[name])

    def test_lists_arrays_and_tensors_are_float32(self):
        wanted = np.array([[1, 2], [3, 4]], dtype=np.float32)
        for values in ([[1, 2], [3, 4]], wanted, wanted.astype(">f8"), wanted.astype(np.uint8), wanted.T.copy().T,
                       Tensor(wanted)):
            taken = self.taken(values)
            self.assertEqual(taken.dtype, np.dtype("<f4"))
            self.assertTrue(taken.flags.c_contiguous)
            np.testing.assert_array_equal(taken, wanted)

    def test_what_is_no_array_is_refused_in_a_sentence(self):
        for values, text in (([["a"]], "it must have numbers"), ([[1], [2, 3]], "input"), ([1, 2], "has shape [2]"),
                             (np.zeros((2, 0)), "at least one value"), (np.zeros((1, 1, 1, 1, 1)), "2, 3 or 4"),
                             ([[1e300]], "float32 can't hold"), ([[1j]], "complex")):
            with self.assertRaises(convscope.ConvscopeError) as caught:
                self.taken(values)
            self.assertIn(text, str(caught.exception))

    def test_a_weight_of_three_dimensions_is_refused(self):
        with self.assertRaisesRegex(convscope.ConvscopeError, "2 or 4 dimensions"):
            self.taken(np.zeros((2, 3, 3)), "weight")

    def test_infinity_and_nan_are_values(self):
        taken = self.taken([[np.inf, np.nan]])
        self.assertTrue(np.isinf(taken[0, 0]) and np.isnan(taken[0, 1]))


class Environment(unittest.TestCase):
    """With a folder for sockets of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.set("XDG_RUNTIME_DIR", str(self.folder))

    def set(self, name, value):
        before = os.environ.get(name)
        self.addCleanup(lambda: os.environ.pop(name, None) if before is None else os.environ.update({name: before}))
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})


class Finding(Environment):
    def test_the_socket_is_in_the_folder_of_the_session(self):
        self.assertEqual(convscope.socket_path("one"), self.folder / "convscope" / "one.sock")
        for value in (None, "", "relative"):
            self.set("XDG_RUNTIME_DIR", value)
            self.assertEqual(str(convscope.socket_path()), f"/tmp/convscope-{os.geteuid()}/default.sock")

    def test_without_a_program_there_is_a_sentence(self):
        self.set("CONVSCOPE", None)
        self.set("PATH", str(self.folder))
        with self.assertRaisesRegex(convscope.NoWindow, "no program convscope on PATH; set CONVSCOPE"):
            convscope.show([[1]], [[1]])

    def test_the_sentence_of_a_program_that_ends_is_told(self):
        self.set("DISPLAY", None)
        self.set("WAYLAND_DISPLAY", None)
        with self.assertRaisesRegex(convscope.NoWindow, "Only a window listens, and there is no display"):
            convscope.show([[1]], [[1]])

    def test_reading_without_a_window_opens_none(self):
        with self.assertRaisesRegex(convscope.NoWindow, 'no window listens as "other"'):
            convscope.Convscope("other").output


class Wire(Environment):
    """Against a socket that answers what it is told to."""

    def serve(self, *answers):
        """Listens, and gives each connection one of the answers; None hangs up without one."""
        (self.folder / "convscope").mkdir(mode=0o700)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(convscope.socket_path()))
        listening.listen()
        received = []

        def run():
            with listening:
                for answer in answers:
                    connection, _ = listening.accept()
                    with connection:
                        length = struct.unpack("<I", connection.recv(4, socket.MSG_WAITALL))[0]
                        received.append(connection.recv(length, socket.MSG_WAITALL).decode())
                        if answer is not None:
                            connection.sendall(struct.pack("<I", len(answer)) + answer)

        thread = threading.Thread(target=run)
        thread.start()
        self.addCleanup(thread.join)
        return received

    def test_an_error_is_an_exception_with_its_sentence(self):
        self.serve(b'{"version": 1, "error": "there is no array \\"x\\""}')
        with convscope.Convscope() as window:
            with self.assertRaisesRegex(convscope.ConvscopeError, 'there is no array "x"'):
                window.get("x")

    def test_a_connection_that_has_ended_is_made_anew_once(self):
        received = self.serve(None, b'{"version": 1, "kind": "values", "state": 1}')
        with convscope.Convscope() as window:
            self.assertEqual(window.get("x"), {})
        self.assertEqual(received[0], received[1])

    def test_a_window_that_always_hangs_up_is_told(self):
        self.serve(None, None)
        with self.assertRaisesRegex(convscope.ConvscopeError, "has ended the connection"):
            convscope.Convscope().get("x")


class Figures(unittest.TestCase):
    x = np.arange(48, dtype=np.float32).reshape(6, 8)
    weight = [[1, -1]]

    def test_jupyter_shows_a_png(self):
        drawn = convscope.figure(self.x, self.weight)
        self.assertEqual(drawn._repr_png_()[:8], b"\x89PNG\r\n\x1a\n")

    def saved(self, *arguments, **options):
        drawn = convscope.figure(*arguments, **options)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "values.npy"
            drawn.save(path)
            return np.load(path)

    def test_the_values_are_those_of_conv2d(self):
        np.testing.assert_array_equal(self.saved(self.x, self.weight), self.x[None, None, :, :-1] - self.x[:, 1:])
        bias = self.saved(self.x, np.ones((2, 1, 1, 1)), [1, 2], stride=2)
        np.testing.assert_array_equal(bias[0, 1], self.x[::2, ::2] + 2)
        self.assertEqual(self.saved(self.x, self.weight, padding=1, stride=(2, 1)).shape, (1, 1, 4, 9))
        self.assertEqual(self.saved(self.x, np.ones((3, 3)), padding="same").shape, (1, 1, 6, 8))

    def test_pooling_has_its_window_as_stride(self):
        pooled = self.saved(self.x, [[1]], pooling=2, panel="pooled")
        np.testing.assert_array_equal(pooled[0, 0], self.x[1::2, 1::2])

    def test_a_figure_is_saved_by_its_ending(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "figure.svg"
            convscope.figure(self.x, self.weight, panel="row").save(path)
            self.assertIn(b"<svg", path.read_bytes())

    def test_what_does_not_fit_is_said_by_the_program(self):
        for options, text in (({"stride": 0}, r"^conv.stride is \[0, 0\]; it must be"), ({"panel": "x"}, "--panel is"),
                              ({"weight": np.ones((9, 9))}, "9")):
            with self.assertRaisesRegex(convscope.ConvscopeError, text):
                convscope.figure(self.x, options.pop("weight", self.weight), **options)
        with self.assertRaisesRegex(TypeError, "unknown option 'strides'"):
            convscope.figure(self.x, self.weight, strides=2)


if __name__ == "__main__":
    unittest.main()
