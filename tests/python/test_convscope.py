"""The client without a window: what it makes of arrays, how it finds a window, and its figures.

Needs CONVSCOPE, the path of the program."""

import contextlib
import enum
import inspect
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import typing
import unittest
from unittest import mock

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
import convscope  # noqa: E402

try:
    import torch
except ImportError:
    torch = None


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

    def test_masked_values_are_refused(self):
        masked = np.ma.masked_equal([[1.0, 2.0]], 2)
        for values in (masked, [masked[0]], [[np.ma.masked, 1.0]], (list(masked), list(masked))):
            with self.assertRaisesRegex(convscope.ConvscopeError, "input has masked values; fill them first"):
                self.taken(values)
        np.testing.assert_array_equal(self.taken(np.ma.array([[1, 2]])), [[1, 2]])  # none of which is masked

    def test_what_numpy_stumbles_over_is_refused(self):
        class Stumbles:
            def __array__(self, *_):
                raise RuntimeError("no array today")

        with self.assertRaisesRegex(convscope.ConvscopeError, "input is no array: no array today"):
            self.taken(Stumbles())
        endless = []
        endless.append(endless)
        with self.assertRaises(convscope.ConvscopeError):
            self.taken(endless)

    @unittest.skipUnless(torch, "PyTorch is not installed")
    def test_every_kind_of_tensor_is_taken_or_refused(self):
        weight = torch.ones(2, 2, requires_grad=True)
        negative = torch.tensor([[1 + 2j, 3 - 4j]]).conj().imag
        self.assertTrue(negative.is_neg())
        for values, wanted in ((weight, np.ones((2, 2))), ([weight, weight * 2], [[[1, 1]] * 2, [[2, 2]] * 2]),
                               ([[weight[0, 0], weight[0, 1]]], [[1, 1]]), (negative, [[-2, 4]]),
                               (torch.ones(1, 2, dtype=torch.bfloat16), [[1, 1]])):
            np.testing.assert_array_equal(self.taken(values), wanted)
        for values in (torch.eye(2).to_sparse(), torch.quantize_per_tensor(torch.eye(2), 0.1, 0, torch.qint8),
                       [torch.eye(2).to_sparse()], torch.ones(2, 2, device="meta")):
            with self.assertRaisesRegex(convscope.ConvscopeError, "input is a tensor that has no NumPy array"):
                self.taken(values)


class Options(unittest.TestCase):
    def test_numbers_of_every_kind_are_whole_numbers(self):
        class Two(enum.IntEnum):
            VALUE = 2

        given = convscope._given_options(stride=np.int64(2), padding=np.array([1, 2]), groups=np.array(3),
                                         dilation=(np.uint8(1), Two.VALUE), relu=np.True_, padding_mode=None)
        self.assertEqual(json.loads(json.dumps(given)),
                         {"stride": 2, "padding": [1, 2], "groups": 3, "dilation": [1, 2], "relu": True})

    @unittest.skipUnless(torch, "PyTorch is not installed")
    def test_tensors_are_whole_numbers(self):
        self.assertEqual(convscope._given_options(padding=torch.tensor(1), stride=torch.tensor([1, 2])),
                         {"padding": 1, "stride": [1, 2]})
        with self.assertRaisesRegex(convscope.ConvscopeError, r"stride is tensor\(1.5"):
            convscope._given_options(stride=torch.tensor(1.5))

    def test_what_is_no_option_is_refused_in_a_sentence(self):
        for options, text in (({"stride": 1.5}, r"^stride is 1.5; it must be a whole number or \[y, x\]$"),
                              ({"stride": float("nan")}, "stride is nan"), ({"dilation": (1, 1.0)}, r"is \(1, 1.0\)"),
                              ({"groups": np.float32(1)}, "it must be a whole number$"),
                              ({"relu": object()}, "True or False"), ({"stride": 10**30}, "stride is 1000"),
                              ({"padding": "samme"}, '^padding is "samme"; .*"same" or "valid"$'),
                              ({"padding": [None]}, "padding"), ({"padding_mode": "zero"}, '"zeros", "reflect"')):
            with self.assertRaisesRegex(convscope.ConvscopeError, text):
                convscope._given_options(**options)

    def test_a_number_for_pooling_sets_all_its_options(self):
        whole = {"kind": "max", "kernel_size": 2, "stride": 2, "padding": 0, "dilation": 1, "ceil_mode": False,
                 "count_include_pad": True, "divisor_override": 0}
        self.assertEqual(convscope._pooling_options(np.int64(2)), whole)
        self.assertEqual(convscope._pooling_options((2, 3)), {**whole, "kernel_size": [2, 3], "stride": [2, 3]})
        self.assertEqual(convscope._pooling_options({"kind": "avg", "stride": None}), {"kind": "avg"})
        for pooling, text in (("max", 'pooling is "max"; it must be a whole number'), (2.0, "pooling is 2.0"),
                              ({"kernel": 2}, 'unknown key "kernel"; known are kind, kernel_size'),
                              ({1: 2}, "unknown key 1"),
                              ({"kind": "mean"}, 'pooling\'s kind is "mean"; it must be "max" or "avg"'),
                              ({"stride": 0.5}, "pooling's stride is 0.5")):
            with self.assertRaisesRegex(convscope.ConvscopeError, text):
                convscope._pooling_options(pooling)


class Typed(unittest.TestCase):
    def test_arrays_are_properties_with_a_type_and_a_sentence(self):
        names = [name for name, value in vars(convscope.Convscope).items() if isinstance(value, property)]
        self.assertIn("output", names)
        for name in names:
            of = vars(convscope.Convscope)[name]
            self.assertIs(typing.get_type_hints(of.fget)["return"], convscope.Array, name)
            self.assertTrue(of.__doc__.endswith("."), name)

    def test_keywords_are_spelled_out(self):
        method, function, figure = (inspect.signature(one).parameters
                                    for one in (convscope.Convscope.show, convscope.show, convscope.figure))
        self.assertEqual(set(function), set(method) - {"self"} | {"window"})
        self.assertLessEqual(set(convscope._OPTIONS), set(figure))
        for name in set(function) - {"window"}:
            self.assertEqual(function[name], method[name])
        for parameters in (function, figure):
            self.assertNotIn(inspect.Parameter.VAR_KEYWORD, [one.kind for one in parameters.values()])


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

    def without_program(self):
        """Has the client look for a program where there is none."""
        self.set("CONVSCOPE", None)
        self.set("PATH", str(self.folder))
        here = mock.patch.object(convscope, "__file__", str(self.folder / "python" / "convscope.py"))
        here.start()
        self.addCleanup(here.stop)

    def test_without_a_program_there_is_a_sentence(self):
        self.without_program()
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

    def test_the_program_is_found_where_run_sh_builds_it(self):
        self.without_program()
        built = self.folder / "build" / "release" / "convscope"
        built.parent.mkdir(parents=True)
        built.touch(mode=0o700)
        self.assertEqual(convscope._program(), str(built.resolve()))
        on_path = self.folder / "convscope"
        on_path.touch(mode=0o700)
        self.assertEqual(convscope._program(), str(on_path))

    def test_a_program_that_cant_be_started_is_told(self):
        self.set("CONVSCOPE", "/nope")
        with self.assertRaisesRegex(convscope.NoWindow, "^/nope can't be started: No such file"):
            convscope.show([[1]], [[1]])
        with self.assertRaisesRegex(convscope.ConvscopeError, "^/nope can't be started: No such file"):
            convscope.figure([[1]], [[1]])

    def test_a_name_is_1_to_64_letters_digits_hyphens_and_underscores(self):
        for name in (None, "", "a\0b", "a/b", "a" * 65, "ä", "a\n", ["a"]):
            for make in (convscope.Convscope, lambda name: convscope.show([[1]], [[1]], window=name)):
                with self.assertRaisesRegex(convscope.ConvscopeError, "the window's name is .*; it must be 1 to 64"):
                    make(name)
        convscope.Convscope("a-Z_9" + "x" * 59)

    def test_a_name_whose_window_could_not_be_opened_is_not_kept(self):
        self.without_program()
        with self.assertRaises(convscope.NoWindow):
            convscope.show([[1]], [[1]], window="unopened")
        self.assertNotIn("unopened", convscope._windows)

    def test_a_folder_that_others_may_enter_is_refused(self):
        folder = convscope.socket_path().parent
        folder.mkdir()
        for mode in (0o755, 0o710, 0o702):
            folder.chmod(mode)
            with self.assertRaisesRegex(convscope.NoWindow, "others may enter the folder .*chmod 700"):
                convscope.Convscope().output

    def test_what_is_no_function_is_refused(self):
        with self.assertRaisesRegex(convscope.ConvscopeError, "on_change.. is given None; it must be a function"):
            convscope.Convscope().on_change(None)


def framed(header):
    return struct.pack("<I", len(header)) + header


def value_of_x(value):
    """Returns an answer with the array x of one value."""
    header = {"version": 1, "kind": "values", "state": 1, "arrays": [{"name": "x", "dtype": "float32", "shape": [1]}]}
    return framed(json.dumps(header).encode()) + struct.pack("<f", value)


def read_request(connection):
    """Returns the header of a request; None at the end."""
    length = connection.recv(4, socket.MSG_WAITALL)
    if len(length) < 4:
        return None
    return connection.recv(struct.unpack("<I", length)[0], socket.MSG_WAITALL).decode()


class Wire(Environment):
    """Against a socket that answers what it is told to."""

    def listen(self):
        (self.folder / "convscope").mkdir(mode=0o700)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(convscope.socket_path()))
        listening.listen()
        return listening

    def serve(self, *answers):
        """Listens, and gives each connection one of the answers. None hangs up without one, and a function gets
        the connection after the request. Returns the list of what is received."""
        listening = self.listen()
        received = []

        def run():
            with listening:
                for answer in answers:
                    try:
                        connection, _ = listening.accept()
                    except OSError:  # the test is over
                        return
                    with connection:
                        connection.settimeout(20)
                        received.append(read_request(connection))
                        if callable(answer):
                            answer(connection)
                        elif answer is not None:
                            connection.sendall(framed(answer))

        self.run_until_cleanup(run, listening)
        return received

    def run_until_cleanup(self, run, listening):
        thread = threading.Thread(target=run)
        thread.start()

        def end():
            with contextlib.suppress(OSError):  # it may be closed already
                listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            listening.close()

        self.addCleanup(end)

    def serve_numbers(self):
        """Listens, and answers every request with the array x of one value: the connection's number from 1.
        Returns the list of these numbers."""
        listening = self.listen()
        numbers = []

        def answer(connection, number):
            with connection, contextlib.suppress(OSError):  # the client may be gone
                while read_request(connection) is not None:
                    connection.sendall(value_of_x(number))

        def run():
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                numbers.append(len(numbers) + 1)
                threading.Thread(target=answer, args=(connection, numbers[-1]), daemon=True).start()

        self.run_until_cleanup(run, listening)
        return numbers

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
        self.serve(None)
        with mock.patch.object(convscope, "_CLOSED_SECONDS", 0.0):
            with self.assertRaisesRegex(convscope.ConvscopeError, "has ended the connection") as caught:
                convscope.Convscope().get("x")
        self.assertIs(type(caught.exception), convscope.ConvscopeError)

    def test_a_window_that_is_being_closed_is_asked_until_it_is_gone(self):
        self.serve(None, None, None)
        with self.assertRaisesRegex(convscope.NoWindow, "no window listens"):
            convscope.Convscope().get("x")

    def in_step_after(self, interrupted, late=b""):
        """Asks twice. The first answer comes too late to be taken, and must not be that of the second request."""
        is_over = threading.Event()

        def first(connection):
            interrupted(connection)
            is_over.wait(60)
            with contextlib.suppress(OSError):  # nobody may take it
                connection.sendall(late)

        self.serve(first, lambda connection: connection.sendall(value_of_x(2)))
        window = convscope.Convscope()
        self.addCleanup(window.close)
        try:
            yield window
        finally:
            is_over.set()
        self.assertEqual(window.get("x")["x"], [2])

    def test_an_answer_that_came_too_late_is_not_the_next_ones(self):
        for window in self.in_step_after(lambda _: None, late=value_of_x(1)):
            with mock.patch.object(convscope, "_ANSWER_SECONDS", 0.05):
                with self.assertRaisesRegex(convscope.ConvscopeError, "the window does not answer"):
                    window.get("x")

    def test_an_interrupted_request_has_no_answer(self):
        def interrupt(*_):
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGUSR1, interrupt)
        self.addCleanup(signal.signal, signal.SIGUSR1, before)
        main = threading.main_thread().ident
        for window in self.in_step_after(lambda _: signal.pthread_kill(main, signal.SIGUSR1), late=value_of_x(1)):
            with self.assertRaises(KeyboardInterrupt):
                window.get("x")

    def test_an_answer_that_cant_be_read_ends_the_connection(self):
        cases = (b'{"version": 1, "kind', b"\xff", b"[]", b'{"arrays": 5}', b"[" * 60000,
                 b'{"arrays": [{"name": "x"}]}', b'{"arrays": [{"name": "x", "shape": [-1]}]}',
                 b'{"arrays": [{"name": "x", "shape": [4294967296, 9]}]}')
        for bad in cases:
            with self.subTest(bad=bad[:50]):
                for window in self.in_step_after(lambda one: one.sendall(framed(bad)), late=value_of_x(1)):
                    with self.assertRaisesRegex(convscope.ConvscopeError, "the window's answer can't be read"):
                        window.get("x")
                self.doCleanups()
                self.setUp()

    def test_a_header_without_end_is_refused(self):
        for window in self.in_step_after(lambda connection: connection.sendall(b"\xff" * 8)):
            with self.assertRaisesRegex(convscope.ConvscopeError, "a header of 4294967295 bytes"):
                window.get("x")

    def test_an_array_that_is_missing_is_told(self):
        self.serve(b'{"version": 1, "kind": "values", "state": 1}')
        with self.assertRaisesRegex(convscope.ConvscopeError, "the window's answer has no output"):
            convscope.Convscope().output

    def test_a_child_of_the_process_has_a_connection_of_its_own(self):
        self.serve_numbers()
        window = convscope.Convscope()
        self.addCleanup(window.close)
        self.assertEqual(window.get("x")["x"], [1])
        is_held, is_over = threading.Event(), threading.Event()

        def hold():  # as if this thread was asking now
            with window._lock:
                is_held.set()
                is_over.wait(60)

        holder = threading.Thread(target=hold)
        holder.start()
        is_held.wait(60)
        child = os.fork()
        if child == 0:
            signal.alarm(10)
            try:
                good = window.get("x")["x"] == [2]
                window.close()
                os._exit(0 if good else 1)
            finally:
                os._exit(2)
        status = os.waitpid(child, 0)[1]
        is_over.set()
        holder.join()
        self.assertEqual(status, 0)
        self.assertEqual(window.get("x")["x"], [1])

    def test_a_child_ends_no_calls_of_its_parent(self):
        """The child is made in the call itself, and so comes back into the thread of the calls."""
        numbers = self.serve_numbers()
        called = threading.Semaphore(0)
        children = []

        def changed(_):
            if not children:
                children.append(os.fork())
                if children[0] == 0:
                    signal.alarm(10)
                    return
            called.release()

        window = convscope.Convscope()
        self.addCleanup(window.close)
        window.on_change(changed)
        for _ in range(3):
            self.assertTrue(called.acquire(timeout=60), "the calls have ended")
        self.assertEqual(os.waitpid(children[0], 0)[1], 0)
        for _ in range(100):
            self.assertTrue(called.acquire(timeout=60), "the calls have ended with the child")
        self.assertEqual(numbers, [1])  # the connection has outlived the child

    def test_layers_may_be_numbers_of_numpy(self):
        received = self.serve(b'{"version": 1}', b'{"version": 1}')
        window = convscope.Convscope()
        window.get("x", layer=np.int64(1))
        window.close()
        window.show(stride=1, layer=np.int64(2))
        window.close()
        self.assertEqual([json.loads(one)["layer"] for one in received], [1, 2])
        for ask in (window.get, window.show):
            with self.assertRaisesRegex(convscope.ConvscopeError, "layer is 1.5; it must be a whole number"):
                ask(layer=1.5)
        with self.assertRaisesRegex(convscope.ConvscopeError, "a name is 5; it must be a text"):
            window.get(5)

    def test_shapes_that_a_question_keeps_back_are_not_there(self):
        for answer, shapes in ((b'{"version": 1, "kind": "shown", "state": 1, "shapes": {"input": [1, 1, 2, 2]}}',
                                {"input": (1, 1, 2, 2)}), (b'{"version": 1, "kind": "shown", "state": 1}', {})):
            self.serve(answer)
            with convscope.Convscope() as window:
                self.assertEqual(window.show(stride=1), shapes)
            self.doCleanups()
            self.setUp()

    def test_reset_sends_pytorchs_defaults_for_what_is_not_given(self):
        received = self.serve(b'{"version": 1}')
        with convscope.Convscope() as window:
            window.show(stride=2, reset=True)
        header = json.loads(received[0])
        self.assertEqual(header["options"], {
            "stride": 2, "padding": 0, "padding_mode": "zeros", "dilation": 1, "groups": 1, "transposed": False,
            "output_padding": 0, "relu": False})
        self.assertEqual(header["arrays"], [{"name": "bias", "dtype": "float32", "shape": [1]}])

    def test_a_listener_that_is_refused_leaves_no_connection(self):
        ends = []

        def refuse(connection):
            connection.sendall(framed(b'{"version": 1, "error": "no more"}'))
            ends.append(connection.recv(1))

        self.serve(refuse)
        try:
            convscope.Convscope().on_change(print)
        except convscope.ConvscopeError as error:
            self.assertEqual(str(error), "no more")
            self.doCleanups()  # the server ends, while the exception has all frames
        self.assertEqual(ends, [b""])

    def test_a_listener_does_not_wait_without_end_for_a_stopped_window(self):
        for window in self.in_step_after(lambda _: None):
            with mock.patch.object(convscope, "_ANSWER_SECONDS", 0.05):
                with self.assertRaisesRegex(convscope.ConvscopeError, "the window does not answer"):
                    window.on_change(print)

    def test_a_window_that_lets_nobody_in_is_told(self):
        listening = self.listen()
        self.addCleanup(listening.close)
        listening.listen(0)
        with socket.socket(socket.AF_UNIX) as waits, mock.patch.object(convscope, "_ANSWER_SECONDS", 0.1):
            waits.connect(str(convscope.socket_path()))  # and nobody else has room to
            with self.assertRaisesRegex(convscope.ConvscopeError, "takes no more connections now") as caught:
                convscope.Convscope().get("x")
        self.assertIs(type(caught.exception), convscope.ConvscopeError)

    def test_a_function_that_exits_does_not_end_the_calls(self):
        self.serve_numbers()
        called = threading.Semaphore(0)

        def changed(_):
            called.release()
            sys.exit("a wrong function")

        printed = []
        with mock.patch.object(convscope.traceback, "print_exc", lambda: printed.append(repr(sys.exc_info()[1]))):
            with convscope.Convscope() as window:
                window.on_change(changed)
                for _ in range(2):
                    self.assertTrue(called.acquire(timeout=60), "the calls have ended")
        self.assertEqual(printed[0], "SystemExit('a wrong function')")

    def test_the_process_leaves_nothing_open(self):
        self.serve_numbers()
        script = ("import convscope; kept = convscope.Convscope(); kept.get('x'); kept.on_change(lambda _: None); "
                  "lost = convscope.Convscope(); lost.get('x'); del lost; convscope._windows['default'] = kept")
        done = subprocess.run([sys.executable, "-W", "error::ResourceWarning", "-c", script], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=60, check=False,
                              env={**os.environ, "PYTHONPATH": str(pathlib.Path(convscope.__file__).parent)})
        self.assertEqual((done.returncode, done.stdout), (0, ""))


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
        for options, text in (({"stride": 0}, r"^stride is \[0, 0\]; it must be"), ({"panel": "x"}, '^panel is "x"; '),
                              ({"panel": "--at"}, '^panel is "--at"; '),
                              ({"padding": -1}, r"^padding is \[-1"), ({"bias": [1, 2]}, "^bias has 2 values"),
                              ({"pooling": 0}, r"^pooling's kernel_size is \[0, 0\]"), ({"relu": 2}, "^relu is 2"),
                              ({"panel": "explanation"}, r"^panel explanation needs at=\(y, x\), the cell"),
                              ({"steps": -1}, '^steps is "-1"'), ({"scale": 0}, '^scale is "0.0"'),
                              ({"input": None}, "^input is None"), ({"weight": None}, "^weight is None"),
                              ({"title": "\0"}, "^title is .*; it must be a text"),
                              ({"title": 5}, "^title is 5; it must"),
                              ({"at": 1}, r"^at is 1; it must be \(y, x\)"), ({"at": (1.5, 2)}, "^at is"),
                              ({"scale": "big"}, '^scale is "big"'), ({"steps": 1.5}, "^steps is 1.5"),
                              ({"weight": np.ones((9, 9))}, "9")):
            with self.assertRaisesRegex(convscope.ConvscopeError, text):
                convscope.figure(options.pop("input", self.x), options.pop("weight", self.weight), **options)
        with self.assertRaisesRegex(TypeError, "strides"):
            convscope.figure(self.x, self.weight, strides=2)
        with self.assertRaisesRegex(convscope.ConvscopeError, "^path is .*; it must be a text"):
            convscope.figure(self.x, self.weight).save("a\0.png")


if __name__ == "__main__":
    unittest.main()
