"""Show 2-D convolutions in a window of Convscope, and read back what it shows.

    import convscope
    cs = convscope.show(x, weight, padding=1, stride=2)   # opens the window, or updates the open one
    cs.output                                             # what it shows now, also after edits by hand

Arrays may be lists, NumPy arrays or tensors of PyTorch, which need not be installed. An input is
[H, W], [C, H, W] or [N, C, H, W], a weight [kh, kw] (one kernel for every channel) or [C_out,
C_in / groups, kh, kw], a bias [C_out]. Options have PyTorch's names; what is not given stays as the
window has it. What does not fit is a ConvscopeError with the window's own sentence.

`figure(x, weight, panel="output")` draws without a window, and Jupyter shows it below the cell.

One file that needs Python 3.9 and NumPy. The program `convscope` is looked for on PATH, or is named
by the environment variable CONVSCOPE. The messages are described in app/link/README.md of Convscope.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import struct
import subprocess
import tempfile
import threading
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float32]

__all__ = ["Convscope", "ConvscopeError", "Figure", "NoWindow", "figure", "show"]

VERSION = 1  # of the messages
_START_SECONDS = 60.0  # for a window to open
_ANSWER_SECONDS = 120.0  # for an answer to come
_LOOK_AGAIN_SECONDS = 0.05  # while a window opens
_CONNECT_AGAIN_SECONDS = 0.5  # after a window was closed

Header = Dict[str, Any]
Arrays = Dict[str, "Array"]
Pair = Union[int, Sequence[int]]
Padding = Union[int, Sequence[int], str]
Pooling = Union[int, Mapping[str, Any]]


class ConvscopeError(Exception):
    """What the window or the program says in one sentence."""


class NoWindow(ConvscopeError):
    """No window listens under the name, and none could be opened."""


class _Lost(ConvscopeError):
    """The connection has ended before an answer came."""


# ---------------------------------------------------------------- arrays


def _array(values: Any, name: str, ranks: Sequence[int]) -> Array:
    """Returns the values as contiguous little-endian float32, with one of these numbers of dimensions."""
    if hasattr(values, "detach"):  # a tensor of PyTorch
        values = values.detach().cpu()
        if "bfloat16" in str(getattr(values, "dtype", "")):  # which NumPy does not have
            values = values.float()
        values = values.numpy()
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ConvscopeError(f"{name} is no array: {error}") from None
    if array.dtype.kind not in "biuf":
        raise ConvscopeError(f"{name} has the dtype {array.dtype}; it must have numbers or booleans")
    if array.ndim not in ranks or array.size == 0:
        texts = [str(rank) for rank in ranks]
        accepted = " or ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)
        dimensions = "dimension" if accepted == "1" else "dimensions"
        raise ConvscopeError(
            f"{name} has shape {list(array.shape)}; it must have {accepted} {dimensions} and at least one value")
    with np.errstate(over="ignore"):
        single = np.ascontiguousarray(array, dtype="<f4")
    if array.dtype.kind == "f" and np.any(np.isinf(single) & np.isfinite(array)):
        raise ConvscopeError(f"{name} has values that float32 can't hold")
    return single


_RANKS: Dict[str, Sequence[int]] = {
    "input": (2, 3, 4), "weight": (2, 4), "bias": (1,), "target": (2, 3, 4)}


def _given_arrays(**given: Any) -> Arrays:
    return {name: _array(values, name, _RANKS[name]) for name, values in given.items() if values is not None}


def _plain(value: Any) -> Any:
    """Returns an option as JSON has it: tuples and NumPy's numbers are lists and numbers."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_plain(one) for one in value]
    return value


def _given_options(**given: Any) -> Dict[str, Any]:
    return {name: _plain(value) for name, value in given.items() if value is not None}


def _pooling_options(pooling: Optional[Pooling]) -> Optional[Dict[str, Any]]:
    """Returns the options of a pooling; a number is the window of a max pooling."""
    if pooling is None:
        return None
    if isinstance(pooling, Mapping):
        return _given_options(**pooling)
    return {"kind": "max", "kernel_size": _plain(pooling)}


# ---------------------------------------------------------------- connection


def socket_path(window: str = "default") -> Path:
    """Returns where the window of this name listens."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(session) / "convscope" if os.path.isabs(session) else Path(f"/tmp/convscope-{os.geteuid()}")
    return folder / f"{window}.sock"


def _require_own(folder: Path) -> None:
    """In a folder of somebody else, somebody else may listen."""
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise NoWindow(f'the folder "{folder}" of the windows\' sockets belongs to another user')


class _Connection:
    """One connection to a window, for one thread at a time."""

    def __init__(self, window: str, seconds: Optional[float]) -> None:
        path = socket_path(window)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            _require_own(path.parent)
            self._socket.connect(str(path))
            self._socket.settimeout(seconds)
        except OSError as error:
            self._socket.close()
            raise NoWindow(f'no window listens as "{window}" ({path}: {error.strerror or error})') from None
        except BaseException:
            self._socket.close()
            raise

    def close(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_RDWR)  # ends a wait of another thread
        except OSError:
            pass
        self._socket.close()

    def ask(self, header: Header, arrays: Optional[Arrays] = None) -> Tuple[Header, Arrays]:
        """Sends a request and returns the answer. Raises _Lost where none comes."""
        self._send(header, arrays or {})
        answer, values = self._receive()
        if "error" in answer:
            raise ConvscopeError(str(answer["error"]))
        return answer, values

    def _send(self, header: Header, arrays: Arrays) -> None:
        described = [{"name": name, "dtype": "float32", "shape": list(array.shape)}
                     for name, array in arrays.items()]
        whole: Header = {"version": VERSION, **header}
        if described:
            whole["arrays"] = described
        text = json.dumps(whole).encode()
        try:
            self._socket.sendall(struct.pack("<I", len(text)) + text)
            for array in arrays.values():
                self._socket.sendall(array.data.cast("B"))
        except (BrokenPipeError, ConnectionError):
            pass  # the window may have said why before it ended the connection
        except socket.timeout:
            raise ConvscopeError("the window does not take the message") from None

    def _bytes(self, count: int) -> bytearray:
        data = bytearray(count)
        view = memoryview(data)
        while len(view) > 0:
            try:
                got = self._socket.recv_into(view)
            except socket.timeout:
                raise ConvscopeError("the window does not answer") from None
            except OSError:
                got = 0
            if got == 0:
                raise _Lost("the window has ended the connection")
            view = view[got:]
        return data

    def _receive(self) -> Tuple[Header, Arrays]:
        (length,) = struct.unpack("<I", self._bytes(4))
        header: Header = json.loads(self._bytes(length).decode())
        arrays: Arrays = {}
        for described in header.get("arrays", []):
            shape = [int(size) for size in described["shape"]]
            data = self._bytes(4 * int(np.prod(shape)))
            arrays[described["name"]] = np.frombuffer(data, dtype="<f4").reshape(shape)
        return header, arrays


# ---------------------------------------------------------------- starting the program


def _program() -> str:
    found = os.environ.get("CONVSCOPE") or shutil.which("convscope")
    if not found:
        raise NoWindow("there is no program convscope on PATH; set CONVSCOPE to its path")
    return found


def _sentence(text: str) -> str:
    """Returns the last line that the program wrote, without its name."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    last = lines[-1] if lines else "the program convscope has ended without a word"
    return last[len("convscope: "):] if last.startswith("convscope: ") else last


def _start(window: str) -> "subprocess.Popen[bytes]":
    """Opens a window and returns once it listens."""
    program = _program()
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                [program, "--listen", window], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=errors, start_new_session=True)
        except OSError as error:
            raise NoWindow(f"{program} can't be started: {error.strerror}") from None
        ends = time.monotonic() + _START_SECONDS
        while time.monotonic() < ends:
            try:
                _Connection(window, None).close()
                return process
            except NoWindow:
                if process.poll() is not None:
                    errors.seek(0)
                    raise NoWindow(_sentence(errors.read().decode(errors="replace"))) from None
                time.sleep(_LOOK_AGAIN_SECONDS)
        process.terminate()
        raise NoWindow(f"the window did not open in {_START_SECONDS:.0f} s")


# ---------------------------------------------------------------- the window


class _Listener:
    """Calls a function on a thread of its own whenever the window shows something else."""

    def __init__(self, owner: "Convscope", function: Callable[["Convscope"], Any]) -> None:
        self._owner = owner
        self._function = function
        self._ends = threading.Event()
        self._connection: Optional[_Connection] = _Connection(owner.window, None)
        answer, _ = self._connection.ask({"kind": "wait", "state": 0})
        self._state: int = answer["state"]
        self._thread = threading.Thread(target=self._run, name="convscope", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ends.set()
        connection = self._connection
        if connection is not None:
            connection.close()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        try:
            self._follow()
        finally:
            connection = self._connection
            if connection is not None:
                connection.close()

    def _follow(self) -> None:
        while not self._ends.is_set():
            try:
                if self._connection is None:
                    self._connection = _Connection(self._owner.window, None)
                answer, _ = self._connection.ask({"kind": "wait", "state": self._state})
            except (ConvscopeError, OSError):
                # The window was closed. Another one of its name begins with a state of its own.
                if self._connection is not None:
                    self._connection.close()
                self._connection = None
                self._state = 0
                self._ends.wait(_CONNECT_AGAIN_SECONDS)
                continue
            self._state = answer["state"]
            if self._ends.is_set():
                break
            try:
                self._function(self._owner)
            except Exception:  # a wrong function must not end the thread
                traceback.print_exc()


class Convscope:
    """A window of Convscope. Made by show().

    Its arrays are those that the window shows now, as float32 [N, C, H, W]; a bias is [C_out]. Where
    a window was closed and opened again, it is the new one.
    """

    def __init__(self, window: str = "default") -> None:
        self.window = window
        self._connection: Optional[_Connection] = None
        self._lock = threading.RLock()
        self._listeners: List[_Listener] = []
        self._process: Optional["subprocess.Popen[bytes]"] = None

    def show(self, input: Any = None, weight: Any = None, bias: Any = None, *, target: Any = None,
             stride: Optional[Pair] = None, padding: Optional[Padding] = None,
             padding_mode: Optional[str] = None, dilation: Optional[Pair] = None,
             groups: Optional[int] = None, transposed: Optional[bool] = None,
             output_padding: Optional[Pair] = None, relu: Optional[bool] = None,
             pooling: Optional[Pooling] = None, layer: int = 0) -> Dict[str, Tuple[int, ...]]:
        """Shows what is given, as one step of undo, and returns the shapes that follow.

        `target` is what the learning is to reach. `pooling` is the size of a max pooling's window, or
        a dictionary with kind ("max" or "avg"), kernel_size, stride, padding and so on. Weight, bias,
        options and pooling are those of the layer with the index `layer`, from 0; the input is that of
        the scene.
        """
        arrays = _given_arrays(input=input, weight=weight, bias=bias, target=target)
        header: Header = {"kind": "show", "client": "Python"}
        if layer != 0:
            header["layer"] = int(layer)
        options = _given_options(
            stride=stride, padding=padding, padding_mode=padding_mode, dilation=dilation, groups=groups,
            transposed=transposed, output_padding=output_padding, relu=relu)
        if options:
            header["options"] = options
        pool = _pooling_options(pooling)
        if pool is not None:
            header["pooling"] = pool
        if not arrays and not options and pool is None:
            with self._lock:
                self._connect(start=True)
            return {}
        answer, _ = self._ask(header, arrays, start=True)
        return {name: tuple(shape) for name, shape in answer["shapes"].items()}

    def get(self, *names: str, layer: int = 0) -> Arrays:
        """Returns the arrays of these names, all of one moment; `layer` counts from 0.

        Names are those of this class's properties.
        """
        _, arrays = self._ask({"kind": "get", "names": list(names), "layer": layer})
        return arrays

    def on_change(self, function: Callable[["Convscope"], Any]) -> Callable[[], None]:
        """Calls function(self) on a thread of its own whenever the window shows something else.

        Changes that come faster than it returns are one call. An exception in it is printed, and ends
        nothing. Returns a function that ends the calls.
        """
        listener = _Listener(self, function)
        self._listeners.append(listener)

        def stop() -> None:
            listener.stop()
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def close(self) -> None:
        """Ends the connection and the calls of on_change. The window stays open."""
        while self._listeners:
            self._listeners.pop().stop()
        with self._lock:
            self._drop()
        if _windows.get(self.window) is self:
            del _windows[self.window]

    def __enter__(self) -> "Convscope":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f'<Convscope window "{self.window}">'

    # What the window shows of the first layer.
    input = property(lambda self: self._one("input"), doc="The input X, [N, C, H, W].")
    weight = property(lambda self: self._one("weight"), doc="The weight W as conv2d takes it.")
    kernel = property(lambda self: self._one("kernel"), doc="The weight as it is edited: one kernel is [1, 1, kh, kw].")
    bias = property(lambda self: self._one("bias"), doc="The bias, [C_out].")
    output = property(lambda self: self._one("output"), doc="The output Y of the convolution.")
    activated = property(lambda self: self._one("activated"), doc="The output after ReLU, where there is one.")
    pooled = property(lambda self: self._one("pooled"), doc="The pooled output P.")
    learned = property(lambda self: self._one("learned"), doc="The weight that is learned.")
    learned_bias = property(lambda self: self._one("learned_bias"), doc="The bias that is learned.")
    gradient = property(lambda self: self._one("gradient"), doc="The gradient of the learning's loss by its weight.")
    target = property(lambda self: self._one("target"), doc="What the learning is to reach.")
    error = property(lambda self: self._one("error"), doc="Prediction - target of the learning.")
    grad_input = property(lambda self: self._one("grad_input"), doc="The gradient by X, while Backward is shown.")
    grad_weight = property(lambda self: self._one("grad_weight"), doc="The gradient by W, while Backward is shown.")
    grad_bias = property(lambda self: self._one("grad_bias"), doc="The gradient by the bias, while Backward is shown.")
    grad_output = property(lambda self: self._one("grad_output"), doc="The gradient by Y, while Backward is shown.")
    grad_pooled = property(lambda self: self._one("grad_pooled"), doc="The gradient by P, while Backward is shown.")

    def _one(self, name: str) -> Array:
        return self.get(name)[name]

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _connect(self, start: bool) -> _Connection:
        if self._connection is None:
            try:
                self._connection = _Connection(self.window, _ANSWER_SECONDS)
            except NoWindow:
                if not start:
                    raise
                self._process = _start(self.window)
                self._connection = _Connection(self.window, _ANSWER_SECONDS)
        return self._connection

    def _ask(self, header: Header, arrays: Optional[Arrays] = None, start: bool = False) -> Tuple[Header, Arrays]:
        """Asks the window, and once more where the connection has ended meanwhile."""
        with self._lock:
            try:
                return self._connect(start).ask(header, arrays)
            except _Lost:
                self._drop()
            try:
                return self._connect(start).ask(header, arrays)
            except _Lost:
                self._drop()
                raise


_windows: Dict[str, Convscope] = {}


def show(input: Any = None, weight: Any = None, bias: Any = None, *, window: str = "default",
         **options: Any) -> Convscope:
    """Shows arrays in the window of this name, and opens it where it is not open. Returns it.

    The arguments are those of Convscope.show().
    """
    shown = _windows.setdefault(window, Convscope(window))
    shown.show(input, weight, bias, **options)
    return shown


# ---------------------------------------------------------------- figures


def _sides(padding: Padding) -> Dict[str, Any]:
    """Returns a padding as a scene has it."""
    plain = _plain(padding)
    if isinstance(plain, str):
        return {"padding_choice": plain}
    both = [plain, plain] if isinstance(plain, int) else list(plain)
    return {"padding": both * 2 if len(both) == 2 else both}


def _scene_options(options: Mapping[str, Any], pairs: Sequence[str]) -> Dict[str, Any]:
    fields: Dict[str, Any] = {}
    for name, value in options.items():
        if name == "padding":
            fields.update(_sides(value))
        else:
            fields[name] = [value, value] if name in pairs and isinstance(value, int) else value
    return fields


def _scene_text(values: Sequence[float]) -> List[Any]:
    """Returns values as a scene has them: those that JSON lacks are texts."""
    return [float(v) if np.isfinite(v) else str(float(v)) for v in values]


class Figure:
    """A figure of one panel. Jupyter shows it; save() writes it. Made by figure()."""

    def __init__(self, arrays: Arrays, options: Dict[str, Any], pooling: Optional[Dict[str, Any]],
                 arguments: Sequence[str]) -> None:
        self._arrays = arrays
        self._options = dict(options)
        self._pooling = dict(pooling) if pooling is not None else None
        self._arguments = list(arguments)
        self._png: Optional[bytes] = None
        self._repr_png_()  # so that what does not fit is said at once

    def _repr_png_(self) -> bytes:
        if self._png is None:
            with tempfile.TemporaryDirectory(prefix="convscope-") as folder:
                path = Path(folder) / "figure.png"
                self._render(Path(folder), path)
                self._png = path.read_bytes()
        return self._png

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes .png, .svg or .pdf, or the panel's values as .npy, .csv or .tex."""
        with tempfile.TemporaryDirectory(prefix="convscope-") as folder:
            self._render(Path(folder), Path(os.path.abspath(path)))

    def _render(self, folder: Path, output: Path) -> None:
        scene = folder / "scene.json"
        scene.write_text(json.dumps(self._scene(folder)))
        done = subprocess.run(
            [_program(), "render", str(scene), "--output", str(output), *self._arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode != 0:
            why = _sentence(done.stderr.decode(errors="replace"))
            # Nobody knows the file of the scene.
            raise ConvscopeError(why.split(": ", 1)[1] if why.startswith(f'"{scene}" ') else why)

    def _scene(self, folder: Path) -> Dict[str, Any]:
        def kept(name: str) -> Dict[str, str]:
            np.save(folder / f"{name}.npy", self._arrays[name])
            return {"file": f"{name}.npy"}

        scene: Dict[str, Any] = {"format": "convscope-scene", "version": 1}
        scene["input"] = {"values": kept("input")}
        weight = self._arrays["weight"]
        kernel: Dict[str, Any] = {"weight": kept("weight"), "layer": weight.ndim == 4}
        if "bias" in self._arrays:
            kernel["bias"] = _scene_text(self._arrays["bias"].tolist())
        scene["kernel"] = kernel
        options = dict(self._options)
        pool: Dict[str, Any] = {}
        if self._pooling is not None:
            pool = dict(self._pooling)
            if "kernel_size" in pool:
                pool["kernel"] = pool.pop("kernel_size")
                pool.setdefault("stride", pool["kernel"])
            pool = _scene_options(pool, ("kernel", "stride", "dilation"))
        if "relu" in options:
            pool["relu"] = options.pop("relu")
        if pool:
            scene["pool"] = pool
        scene["conv"] = _scene_options(options, ("stride", "dilation", "output_padding"))
        if "target" in self._arrays:
            scene["learning"] = {"target": "picture", "picture": kept("target")}
        return scene


def figure(input: Any, weight: Any, bias: Any = None, *, panel: str = "output",
           at: Optional[Sequence[int]] = None, target: Any = None, title: Optional[str] = None,
           dark: bool = False, numbers: bool = True, steps: Optional[int] = None,
           scale: Optional[float] = None, pooling: Optional[Pooling] = None, **options: Any) -> Figure:
    """Draws one panel without a window, as `convscope render` does; needs no display.

    `panel` is one of those of `convscope render`: input, kernel, output, pooled, row, explanation
    (with at=(y, x)), frequency, loss and so on. `steps` is how many steps are learned before. Options
    of the convolution are those of Convscope.show().
    """
    known = ("stride", "padding", "padding_mode", "dilation", "groups", "transposed", "output_padding", "relu")
    for name in options:
        if name not in known:
            raise TypeError(f"figure() got an unknown option {name!r}; known are {', '.join(known)}")
    arguments = ["--panel", panel]
    if at is not None:
        arguments += ["--at", ",".join(str(int(place)) for place in at)]
    if title is not None:
        arguments += ["--title", title]
    if dark:
        arguments.append("--dark")
    if not numbers:
        arguments.append("--no-numbers")
    if steps is not None:
        arguments += ["--steps", str(int(steps))]
    if scale is not None:
        arguments += ["--scale", str(float(scale))]
    arrays = _given_arrays(input=input, weight=weight, bias=bias, target=target)
    return Figure(arrays, _given_options(**options), _pooling_options(pooling), arguments)
