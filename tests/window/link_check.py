"""The Python client against a window that it opens. Run by link_test.sh.

UPDATES is how many updates must not take more and more memory."""

import os
import pathlib
import signal
import subprocess
import sys
import threading
import unittest
from unittest import mock

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
import convscope  # noqa: E402

PROGRAM = os.environ["PROGRAM"]
UPDATES = int(os.environ.get("UPDATES", "400"))
WARM_UP = 600  # undo keeps 500 steps
MORE_MEMORY = 8e6  # bytes, which an allocator may keep by chance


def memory_of(process):
    """Returns the bytes of memory that a process has."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the process has no VmRSS")


def ended(cs):
    """Ends the window that show() opened, as a user's "kill -9" does."""
    cs._process.send_signal(signal.SIGKILL)
    cs._process.wait()


class Window(unittest.TestCase):
    x = np.arange(48, dtype=np.float32).reshape(6, 8)

    def opened(self, name):
        """Opens a window for one test."""
        cs = convscope.show(self.x, [[1, -1]], window=name)
        self.addCleanup(cs.close)
        self.addCleanup(lambda: ended(cs))
        return cs

    def test_shows_and_reads_back(self):
        cs = self.opened("shows")
        np.testing.assert_array_equal(cs.input[0, 0], self.x)
        np.testing.assert_array_equal(cs.output[0, 0], self.x[:, :-1] - self.x[:, 1:])
        shapes = cs.show(weight=np.ones((2, 1, 3, 3)), bias=[1, 2], padding=1, stride=(2, 1), pooling=2)
        self.assertEqual(shapes["output"], (1, 2, 3, 8))
        self.assertEqual(cs.pooled.shape, (1, 2, 1, 4))
        np.testing.assert_array_equal(cs.bias, [1, 2])
        both = cs.get("input", "output")
        self.assertEqual(float(both["output"][0, 1, 1, 1]), float(both["input"][0, 0, 1:4, 0:3].sum() + 2))
        again = convscope.show(np.zeros((4, 4)), window="shows")
        self.assertIs(again, cs)
        self.assertEqual(cs.input.shape, (1, 1, 4, 4))

    def test_says_the_windows_sentence(self):
        cs = self.opened("says")
        with self.assertRaisesRegex(convscope.ConvscopeError, r"options.stride is \[0, 0\]; it must be"):
            cs.show(stride=0)
        with self.assertRaisesRegex(convscope.ConvscopeError, "while Backward"):
            cs.grad_input
        np.testing.assert_array_equal(cs.input[0, 0], self.x)  # which is as it was

    def test_tells_of_changes_and_outlives_a_wrong_function(self):
        cs = self.opened("tells")
        told = threading.Semaphore(0)
        seen = []

        def changed(window):
            seen.append(float(window.kernel[0, 0, 0, 0]))
            told.release()
            raise SystemExit("a wrong function")

        stop = cs.on_change(changed)
        for value in (2.0, 3.0, 4.0):
            cs.show(weight=[[value, 0]])
            while not seen or seen[-1] != value:
                self.assertTrue(told.acquire(timeout=60), "no change was told")
        stop()

    def test_finds_the_window_that_took_the_place_of_a_killed_one(self):
        cs = self.opened("again")
        told = threading.Semaphore(0)
        stop = cs.on_change(lambda _: told.release())
        ended(cs)
        with self.assertRaisesRegex(convscope.NoWindow, 'no window listens as "again"'):
            cs.output
        convscope.show(self.x[:3, :3], [[1, 1]], window="again")
        np.testing.assert_array_equal(cs.output[0, 0], self.x[:3, :2] + self.x[:3, 1:3])
        self.assertTrue(told.acquire(timeout=60), "the new window's state was not told")
        stop()

    def test_opens_a_window_anew_that_is_killed_while_it_is_shown_something(self):
        cs = self.opened("killed")
        for number in (signal.SIGKILL, signal.SIGTERM) * 3:
            window = cs._process
            killer = threading.Timer(0.01, window.send_signal, [number])
            killer.start()
            while cs._process is window:
                cs.show(weight=[[7, 1]])
            killer.join()
            np.testing.assert_array_equal(cs.kernel[0, 0], [[7, 1]])

    def test_an_interrupt_and_a_stopped_window_leave_the_answers_in_step(self):
        cs = self.opened("step")

        def interrupt(*_):
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGALRM, interrupt)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        for seconds in (0.002, 0.01, 0.03, 0.06):
            signal.setitimer(signal.ITIMER_REAL, seconds)
            try:
                while True:
                    cs.show(np.ones((2000, 2000)))
            except KeyboardInterrupt:
                pass
            np.testing.assert_array_equal(cs.kernel[0, 0], [[1, -1]])
        cs.show(self.x)
        cs._process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, cs._process.pid, os.WSTOPPED | os.WNOWAIT)
        cs._drop()  # as the seconds are those of a connection
        with mock.patch.object(convscope, "_ANSWER_SECONDS", 0.2):
            for ask in (lambda: cs.output, lambda: cs.on_change(print)):
                with self.assertRaisesRegex(convscope.ConvscopeError, "the window does not answer"):
                    ask()
        cs._process.send_signal(signal.SIGCONT)
        np.testing.assert_array_equal(cs.input[0, 0], self.x)

    def test_children_of_the_process_mix_no_answers(self):
        cs = self.opened("forks")
        stop = cs.on_change(lambda _: None)
        wanted = {"input": (1, 1, 6, 8), "output": (1, 1, 6, 7), "kernel": (1, 1, 1, 2), "weight": (1, 1, 1, 2)}

        def ask(name):
            return all(cs.get(name)[name].shape == wanted[name] for _ in range(50))

        children = []
        for name in ("output", "kernel", "weight"):
            child = os.fork()
            if child == 0:
                signal.alarm(60)
                try:
                    good = ask(name)
                    cs.close()
                    os._exit(0 if good else 1)
                finally:
                    os._exit(2)
            children.append(child)
        self.assertTrue(ask("input"))
        self.assertEqual([os.waitpid(child, 0)[1] for child in children], [0, 0, 0])
        told = threading.Semaphore(0)
        again = cs.on_change(lambda _: told.release())
        cs.show(stride=2)
        self.assertTrue(told.acquire(timeout=60), "no change was told")
        again()
        stop()

    def test_options_stay_until_they_are_reset(self):
        cs = self.opened("options")
        cs.show(np.ones((1, 1, 9, 9)), np.ones((2, 1, 3, 3)), [1, 2], padding="same", padding_mode="circular",
                relu=True,
                pooling={"kernel_size": 3, "padding": 1, "stride": 1, "dilation": 2, "ceil_mode": True})
        self.assertEqual(cs.show(pooling=2)["pooled"], (1, 2, 4, 4))
        self.assertEqual(cs.show(stride=1)["output"], (1, 2, 9, 9))
        self.assertEqual(cs.show(reset=True)["output"], (1, 2, 7, 7))
        np.testing.assert_array_equal(cs.bias, [0, 0])
        self.assertEqual(cs.show(padding=1, reset=True)["output"], (1, 2, 9, 9))
        self.assertEqual(float(cs.output[0, 0, 0, 0]), 4)  # beside zeros

    def test_a_process_leaves_its_window_and_no_warning(self):
        script = "import convscope; print(convscope.show([[1]], [[1]], window='left')._process.pid, flush=True)"
        client = str(pathlib.Path(convscope.__file__).parent)
        done = subprocess.run([sys.executable, "-W", "error::ResourceWarning", "-c", script],
                              capture_output=True, text=True, env={**os.environ, "PYTHONPATH": client})
        self.assertEqual(done.stderr, "")
        self.addCleanup(os.kill, int(done.stdout), signal.SIGKILL)
        with convscope.Convscope("left") as cs:
            np.testing.assert_array_equal(cs.output, [[[[1]]]])

    def test_two_windows_have_two_names(self):
        one, two = self.opened("one"), self.opened("two")
        one.show(weight=[[5]])
        self.assertEqual(two.kernel.shape, (1, 1, 1, 2))
        taken = subprocess.run([PROGRAM, "--listen", "one"], capture_output=True, text=True)
        self.assertEqual(taken.returncode, 1)
        self.assertIn('a window listens as "one" already', taken.stderr)

    def test_ends_its_socket_with_the_window(self):
        cs = self.opened("ends")
        path = convscope.socket_path("ends")
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.assertEqual(path.parent.stat().st_mode & 0o777, 0o700)
        cs._process.terminate()
        cs._process.wait()
        self.assertFalse(path.exists())

    def test_takes_what_the_command_sends(self):
        cs = self.opened("command")
        np.save("w.npy", np.full((3, 3), 0.5, np.float32))

        def send(*arguments):
            return subprocess.run([PROGRAM, "send", *arguments], capture_output=True, text=True)

        done = send("w.npy", "--to", "weight", "--window", "command")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "w.npy: weight [3, 3] of the window command, whose output is now [1, 1, 4, 6]\n")
        np.testing.assert_array_equal(cs.kernel[0, 0], np.full((3, 3), 0.5))
        self.assertEqual(send("w.npy", "--to", "bias", "--window", "command").returncode, 1)
        self.assertEqual(send("w.npy", "--to", "kernel").returncode, 2)
        nobody = send("w.npy", "--to", "weight", "--window", "nobody")
        self.assertEqual(nobody.returncode, 3)
        self.assertEqual(nobody.stderr, 'convscope: no window listens as "nobody"; start one with --listen nobody.\n')

    def test_updates_take_no_more_and_more_memory(self):
        cs = self.opened("memory")
        random = np.random.default_rng(1)

        def update(count):
            for _ in range(count):
                cs.show(random.random((40, 40)), random.random((3, 3)))
            return memory_of(cs._process)

        before = update(WARM_UP)
        after = update(UPDATES)
        print(f"{UPDATES} updates: {before / 1e6:.1f} MB before, {after / 1e6:.1f} MB after", file=sys.stderr)
        self.assertLess(after, before + MORE_MEMORY)


if __name__ == "__main__":
    unittest.main(verbosity=2)
