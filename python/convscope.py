"""Show 2-D convolutions in a window of Convscope, and read back what it shows.

    import convscope
    cs = convscope.show(x, weight, padding=1, stride=2)   # opens the window, or updates the open one
    cs.output                                             # what it shows now, also after edits by hand

Arrays may be lists, NumPy arrays or tensors of PyTorch, which need not be installed. An input is
[H, W], [C, H, W] or [N, C, H, W], a weight [kh, kw] (one kernel for every channel) or [C_out,
C_in / groups, kh, kw], a bias [C_out]. Options have PyTorch's names; what is not given stays as the
window has it, or is PyTorch's default with reset=True. What does not fit is a ConvscopeError with a
sentence. All arrays of the window are properties of `cs`, and `cs.get` gives several of one moment.

`figure(x, weight, panel="output")` draws without a window, and Jupyter shows it below the cell.

One file that needs Python 3.9 and NumPy. The program is the one that the environment variable CONVSCOPE
names, or else `convscope` on PATH, or else ../build/release/convscope beside this file, where ./run.sh
has built it. The messages are described in app/link/README.md of Convscope.
"""

from __future__ import annotations

import atexit
import json
import math
import operator
import os
import re
import shutil
import socket
import stat
import struct
import subprocess
import tempfile
import threading
import time
import traceback
import weakref
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float32]
else:
    Array = np.ndarray

__all__ = ["Convscope", "ConvscopeError", "Figure", "NoWindow", "figure", "show"]

VERSION = 1  # of the messages
_START_SECONDS = 60.0  # for a window to open
_ANSWER_SECONDS = 120.0  # for an answer to come
_LOOK_AGAIN_SECONDS = 0.05  # while a window opens or closes
_CLOSED_SECONDS = 1.0  # for a window that has ended a connection to be closed
_CONNECT_AGAIN_SECONDS = 0.5  # after a window was closed
_MOST_HEADER_BYTES = 65536
_MOST_VALUES = 2**32  # of one array: more is no array but a mistake
_MOST_WHOLE = 2**53  # which JSON holds exactly

Header = Dict[str, Any]
Arrays = Dict[str, "Array"]
Pair = Union[int, Sequence[int]]
Padding = Union[int, Sequence[int], str]
Pooling = Union[int, Sequence[int], Mapping[str, Any]]
Shapes = Dict[str, Tuple[int, ...]]


class ConvscopeError(Exception):
    """What is wrong, in one sentence of the window, the program or this file."""


class NoWindow(ConvscopeError):
    """No window listens under the name, and none could be opened, or there is no program."""


class _Lost(Exception):
    """The connection has ended before an answer came. Nobody outside this file sees it."""


# ---------------------------------------------------------------- arrays


def _short(value: Any) -> str:
    """Returns a value as a sentence may have it."""
    text = " ".join(repr(value).split())
    if isinstance(value, str):
        text = f'"{text[1:-1]}"'
    return text if len(text) <= 60 else text[:57] + "..."


def _from_tensor(tensor: Any) -> Any:
    """Returns the values of a tensor of PyTorch, from wherever it keeps them."""
    tensor = tensor.detach().cpu()
    for method in ("resolve_conj", "resolve_neg"):  # a bit may say that the values are to be turned
        if hasattr(tensor, method):
            tensor = getattr(tensor, method)()
    if "bfloat16" in str(getattr(tensor, "dtype", "")):  # which NumPy does not have
        tensor = tensor.float()
    return tensor.numpy()


def _without_tensors(values: Any, name: str, depth: int = 0) -> Any:
    """Returns the values with NumPy's arrays where tensors were, also in lists."""
    if hasattr(values, "detach"):
        try:
            return _from_tensor(values)
        except Exception as error:  # a sparse, quantized or otherwise uncommon one
            reason = " ".join(str(error).split()) or type(error).__name__
            raise ConvscopeError(f"{name} is a tensor that has no NumPy array of its values: {reason}") from None
    if isinstance(values, np.ma.MaskedArray) and np.any(values.mask):
        raise ConvscopeError(f"{name} has masked values; fill them first, as with {name}.filled(0)")
    if isinstance(values, (list, tuple)) and depth < 4:
        return [one if isinstance(one, (int, float)) else _without_tensors(one, name, depth + 1) for one in values]
    return values


def _array(values: Any, name: str, ranks: Sequence[int]) -> Array:
    """Returns the values as contiguous little-endian float32, with one of these numbers of dimensions."""
    plain = _without_tensors(values, name)
    try:
        array = np.asarray(plain)
    except Exception as error:  # NumPy asks the object, which may raise anything
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


_PAIR = "a whole number or [y, x]"
_FLAG = "True or False"
# The options of a convolution and of a pooling, with what each of them may be.
_OPTIONS = {
    "stride": _PAIR, "padding": 'a whole number, [y, x], [top, left, bottom, right], "same" or "valid"',
    "padding_mode": '"zeros", "reflect", "replicate" or "circular"', "dilation": _PAIR, "groups": "a whole number",
    "transposed": _FLAG, "output_padding": _PAIR, "relu": _FLAG}
_POOLING_OPTIONS = {
    "kind": '"max" or "avg"', "kernel_size": _PAIR, "stride": _PAIR, "padding": _OPTIONS["padding"],
    "dilation": _PAIR, "ceil_mode": _FLAG, "count_include_pad": _FLAG, "divisor_override": "a whole number",
    "allow_large_padding": _FLAG}
# PyTorch's, which reset=True sets.
_DEFAULTS = {"stride": 1, "padding": 0, "padding_mode": "zeros", "dilation": 1, "groups": 1, "transposed": False,
             "output_padding": 0, "relu": False}
_MAX_POOLING = {"kind": "max", "padding": 0, "dilation": 1, "ceil_mode": False, "count_include_pad": True,
                "divisor_override": 0}


def _plain(value: Any) -> Any:
    """Returns an option as JSON has it: a text, a flag, a whole number, or a list. Raises what it likes."""
    if hasattr(value, "tolist"):  # a number or an array of NumPy or PyTorch
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (str, bool)):
        return value
    whole = operator.index(value)
    if abs(whole) > _MOST_WHOLE:
        raise ValueError("JSON has no such number")
    return whole


def _option(name: str, value: Any, accepted: str) -> Any:
    """Returns an option as JSON has it. Whether its value is in range, the window says."""
    try:
        plain = _plain(value)
    except Exception:  # 1.5, nan, an object
        plain = None
    if plain is None or (isinstance(plain, str) and '"' in accepted and f'"{plain}"' not in accepted):
        raise ConvscopeError(f"{name} is {_short(value)}; it must be {accepted}")
    return plain


def _given_options(**given: Any) -> Dict[str, Any]:
    return {name: _option(name, value, _OPTIONS[name]) for name, value in given.items() if value is not None}


def _pooling_options(pooling: Optional[Pooling]) -> Optional[Dict[str, Any]]:
    """Returns the options of a pooling; a number is the window of a max pooling with PyTorch's defaults."""
    if pooling is None:
        return None
    if not isinstance(pooling, Mapping):
        size = _option("pooling", pooling, "a whole number, [y, x] or a dictionary")
        if isinstance(size, str):
            raise ConvscopeError(f"pooling is {_short(size)}; it must be a whole number, [y, x] or a dictionary")
        return {**_MAX_POOLING, "kernel_size": size, "stride": size}
    for name in pooling:
        if name not in _POOLING_OPTIONS:
            raise ConvscopeError(f"pooling has an unknown key {_short(name)}; known are {', '.join(_POOLING_OPTIONS)}")
    return {name: _option(f"pooling's {name}", value, _POOLING_OPTIONS[name])
            for name, value in pooling.items() if value is not None}


def _whole(name: str, value: Any) -> int:
    try:
        return operator.index(value)
    except TypeError:
        raise ConvscopeError(f"{name} is {_short(value)}; it must be a whole number") from None


def _text(name: str, value: Any) -> str:
    """Returns a text that a program can be given."""
    try:
        os.fsencode(value)
        if "\0" not in value:
            return str(value)
    except (TypeError, UnicodeError):
        pass
    raise ConvscopeError(f"{name} is {_short(value)}; it must be a text of Unicode's characters, without \\0")


# ---------------------------------------------------------------- connection


def socket_path(window: str = "default") -> Path:
    """Returns where the window of this name listens."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(session) / "convscope" if os.path.isabs(session) else Path(f"/tmp/convscope-{os.geteuid()}")
    return folder / f"{window}.sock"


def _require_name(window: Any) -> None:
    if not isinstance(window, str) or not re.fullmatch("[A-Za-z0-9_-]{1,64}", window):
        raise ConvscopeError(f"the window's name is {_short(window)}; it must be 1 to 64 letters, digits, - and _")


def _require_own(folder: Path) -> None:
    """In a folder that others may enter, somebody else may listen."""
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise NoWindow(f'the folder "{folder}" of the windows\' sockets belongs to another user')
    if status.st_mode & 0o077:
        raise NoWindow(f'others may enter the folder "{folder}" of the windows\' sockets; only you may (chmod 700)')


class _Connection:
    """One connection to a window, for one thread at a time.

    Answers have no numbers: the next one belongs to the request before it. So a connection whose answer
    was not read whole, for whatever reason, is out of step and can't be used any more.
    """

    def __init__(self, window: str, seconds: float) -> None:
        """Connects, and waits at most so many seconds for each part of an answer."""
        self.in_step = True
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            path = socket_path(window)
            _require_own(path.parent)
            self._socket.settimeout(seconds)
            self._connect(path, seconds)
        except BlockingIOError:
            self._socket.close()
            raise ConvscopeError(f'the window "{window}" takes no more connections now') from None
        except OSError as error:
            self._socket.close()
            raise NoWindow(f'no window listens as "{window}" ({path}: {error.strerror or error})') from None
        except BaseException:
            self._socket.close()
            raise

    def _connect(self, path: Path, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while True:
            try:
                return self._socket.connect(str(path))
            except BlockingIOError:  # too many are waiting to be let in, which a timeout does not cover
                if time.monotonic() > ends:
                    raise
            time.sleep(_LOOK_AGAIN_SECONDS)

    def wait_without_end(self) -> None:
        self._socket.settimeout(None)

    def close(self) -> None:
        self.in_step = False
        try:
            self._socket.shutdown(socket.SHUT_RDWR)  # ends a wait of another thread
        except OSError:
            pass
        self._socket.close()

    def forget(self) -> None:
        """Closes this process's end alone: after a fork the connection is that of the parent."""
        self.in_step = False
        self._socket.close()

    def __del__(self) -> None:
        if hasattr(self, "_socket"):
            self._socket.close()

    def ask(self, header: Header, arrays: Optional[Arrays] = None) -> Tuple[Header, Arrays]:
        """Sends a request and returns the answer. Raises _Lost where none comes."""
        self.in_step = False
        try:
            self._send(header, arrays or {})
            answer, values = self._receive()
            self.in_step = True
        finally:
            if not self.in_step:
                self.close()
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
        except socket.timeout:
            raise ConvscopeError("the window does not take the message") from None
        except OSError:
            pass  # the window may have said why before it ended the connection

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
        if length > _MOST_HEADER_BYTES:
            raise ConvscopeError(
                f"the window's answer has a header of {length} bytes; there may be {_MOST_HEADER_BYTES}")
        text = self._bytes(length)
        try:
            header: Header = json.loads(text.decode())
            described = [(str(one["name"]), [operator.index(size) for size in one["shape"]])
                         for one in header.get("arrays", [])]
            if any(min(shape, default=1) < 0 or math.prod(shape) > _MOST_VALUES for _, shape in described):
                raise ValueError("an array of that size")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ConvscopeError(f"the window's answer can't be read: {type(error).__name__}: {error}") from None
        arrays: Arrays = {}
        for name, shape in described:
            data = self._bytes(4 * math.prod(shape))
            arrays[name] = np.frombuffer(data, dtype="<f4").reshape(shape)
        return header, arrays


# ---------------------------------------------------------------- starting the program


def _program() -> str:
    built = Path(__file__).resolve().parent.parent / "build" / "release" / "convscope"
    found = os.environ.get("CONVSCOPE") or shutil.which("convscope") or shutil.which(str(built))
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
        except (OSError, ValueError) as error:
            raise NoWindow(f"{program} can't be started: {getattr(error, 'strerror', None) or error}") from None
        # The window outlives this process or ends before it: somebody has to take its exit code.
        threading.Thread(target=process.wait, name="convscope window", daemon=True).start()
        try:
            _until_it_listens(window, process, errors)
        except BaseException:  # nobody waits for the window any more
            process.terminate()
            raise
        return process


def _until_it_listens(window: str, process: "subprocess.Popen[bytes]", errors: IO[bytes]) -> None:
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends:
        try:
            _Connection(window, _ANSWER_SECONDS).close()
            return
        except NoWindow:
            if process.poll() is not None:
                errors.seek(0)
                raise NoWindow(_sentence(errors.read().decode(errors="replace"))) from None
            time.sleep(_LOOK_AGAIN_SECONDS)
    raise NoWindow(f"the window did not open in {_START_SECONDS:.0f} s")


# ---------------------------------------------------------------- the window


class _Listener:
    """Calls a function on a thread of its own whenever the window shows something else."""

    def __init__(self, owner: "Convscope", function: Callable[["Convscope"], Any]) -> None:
        self._owner = owner
        self._function = function
        self._ends = threading.Event()
        connection = _Connection(owner.window, _ANSWER_SECONDS)
        try:
            answer, _ = connection.ask({"kind": "wait", "state": 0})
        except _Lost as lost:
            raise ConvscopeError(str(lost)) from None
        except BaseException:
            connection.close()
            raise
        connection.wait_without_end()
        self._connection: Optional[_Connection] = connection
        self._state: Any = answer.get("state")
        self._thread = threading.Thread(target=self._run, name="convscope", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self.end()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def end(self) -> None:
        """Lets the calls end, and waits for none."""
        self._ends.set()
        connection = self._connection
        if connection is not None:
            connection.close()

    def forget(self) -> None:
        """Ends in a child of the process: its parent goes on with the connection."""
        self._ends = threading.Event()  # as a thread that is gone may hold the lock of the other one
        self._ends.set()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.forget()

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
                self._wait()
            except (_Lost, ConvscopeError, OSError):
                # The window was closed. Another one of its name begins with a state of its own.
                connection, self._connection = self._connection, None
                if connection is not None:
                    connection.close()
                self._state = 0
                self._ends.wait(_CONNECT_AGAIN_SECONDS)
                continue
            if self._ends.is_set():
                break
            try:
                self._function(self._owner)
            except BaseException:  # a wrong function must not end the thread, nor must its sys.exit()
                traceback.print_exc()

    def _wait(self) -> None:
        """Waits until the window's state is another one."""
        if self._connection is None:
            connection = _Connection(self._owner.window, _ANSWER_SECONDS)
            connection.wait_without_end()
            self._connection = connection
        if self._ends.is_set():  # by a stop() that has not seen the connection
            return
        answer, _ = self._connection.ask({"kind": "wait", "state": self._state})
        self._state = answer.get("state")


_all: "weakref.WeakSet[Convscope]" = weakref.WeakSet()


class Convscope:
    """A window of Convscope. Made by show().

    Its arrays are those that the window shows now, as float32 [N, C, H, W]; a bias is [C_out]. Where
    a window was closed and opened again, it is the new one.
    """

    def __init__(self, window: str = "default") -> None:
        _require_name(window)
        self.window = window
        self._connection: Optional[_Connection] = None
        self._lock = threading.RLock()
        self._listeners: List[_Listener] = []
        self._process: Optional["subprocess.Popen[bytes]"] = None
        _all.add(self)

    def show(self, input: Any = None, weight: Any = None, bias: Any = None, *, target: Any = None,
             stride: Optional[Pair] = None, padding: Optional[Padding] = None,
             padding_mode: Optional[str] = None, dilation: Optional[Pair] = None,
             groups: Optional[int] = None, transposed: Optional[bool] = None,
             output_padding: Optional[Pair] = None, relu: Optional[bool] = None,
             pooling: Optional[Pooling] = None, layer: int = 0, reset: bool = False) -> Shapes:
        """Shows what is given, as one step of undo, and returns the shapes that follow.

        What is not given stays as the window has it, also from one call to the next. With reset=True,
        the bias is 0 and the options are PyTorch's defaults (stride=1, padding=0, padding_mode="zeros",
        dilation=1, groups=1, transposed=False, output_padding=0, relu=False) where they are not given.

        `target` is what the learning is to reach. `pooling` is the size of a max pooling's window, whose
        other options are then those of PyTorch's max_pool2d(x, size); or it is a dictionary with any of
        kind ("max" or "avg"), kernel_size, stride, padding, dilation, ceil_mode, count_include_pad and
        divisor_override, of which what is not given stays too. Weight, bias, options and pooling are
        those of the layer with the index `layer`, from 0; the input is that of the scene.

        The shapes are those of input, weight, output and pooled, without what an open question of a
        lesson keeps back.
        """
        arrays = _given_arrays(input=input, weight=weight, bias=bias, target=target)
        options = _given_options(
            stride=stride, padding=padding, padding_mode=padding_mode, dilation=dilation, groups=groups,
            transposed=transposed, output_padding=output_padding, relu=relu)
        if reset:
            options = {**_DEFAULTS, **options}
            arrays.setdefault("bias", np.zeros(1, dtype="<f4"))  # one 0 is taken for every channel
        pool = _pooling_options(pooling)
        header: Header = {"kind": "show", "client": "Python"}
        index = _whole("layer", layer)
        if index != 0:
            header["layer"] = index
        if options:
            header["options"] = options
        if pool is not None:
            header["pooling"] = pool
        if not arrays and not options and pool is None:
            with self._lock:
                self._connect(start=True)
            return {}
        answer, _ = self._ask(header, arrays, start=True)
        shapes = answer.get("shapes")
        return {name: tuple(shape) for name, shape in (shapes or {}).items() if shape}

    def get(self, *names: str, layer: int = 0) -> Arrays:
        """Returns the arrays of these names, all of one moment; `layer` counts from 0.

        Names are those of this class's properties.
        """
        for name in names:
            _text("a name", name)
        _, arrays = self._ask({"kind": "get", "names": list(names), "layer": _whole("layer", layer)})
        return arrays

    def on_change(self, function: Callable[["Convscope"], Any]) -> Callable[[], None]:
        """Calls function(self) on a thread of its own whenever the window shows something else.

        Changes that come faster than it returns are one call. An exception in it is printed, and ends
        nothing. Returns a function that ends the calls.
        """
        if not callable(function):
            raise ConvscopeError(f"on_change() is given {_short(function)}; it must be a function of one argument")
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

    @property
    def input(self) -> Array:
        """The input X, [N, C, H, W]."""
        return self._one("input")

    @property
    def weight(self) -> Array:
        """The weight W as conv2d takes it."""
        return self._one("weight")

    @property
    def kernel(self) -> Array:
        """The weight as it is edited: one kernel is [1, 1, kh, kw]."""
        return self._one("kernel")

    @property
    def bias(self) -> Array:
        """The bias, [C_out]."""
        return self._one("bias")

    @property
    def output(self) -> Array:
        """The output Y of the convolution."""
        return self._one("output")

    @property
    def activated(self) -> Array:
        """The output after ReLU, where there is one."""
        return self._one("activated")

    @property
    def pooled(self) -> Array:
        """The pooled output P."""
        return self._one("pooled")

    @property
    def learned(self) -> Array:
        """The weight that is learned."""
        return self._one("learned")

    @property
    def learned_bias(self) -> Array:
        """The bias that is learned."""
        return self._one("learned_bias")

    @property
    def gradient(self) -> Array:
        """The gradient of the learning's loss by its weight."""
        return self._one("gradient")

    @property
    def target(self) -> Array:
        """What the learning is to reach."""
        return self._one("target")

    @property
    def error(self) -> Array:
        """Prediction - target of the learning."""
        return self._one("error")

    @property
    def grad_input(self) -> Array:
        """The gradient by X, while Backward is shown."""
        return self._one("grad_input")

    @property
    def grad_weight(self) -> Array:
        """The gradient by W, while Backward is shown."""
        return self._one("grad_weight")

    @property
    def grad_bias(self) -> Array:
        """The gradient by the bias, while Backward is shown."""
        return self._one("grad_bias")

    @property
    def grad_output(self) -> Array:
        """The gradient by Y, while Backward is shown."""
        return self._one("grad_output")

    @property
    def grad_pooled(self) -> Array:
        """The gradient by P, while Backward is shown."""
        return self._one("grad_pooled")

    def _one(self, name: str) -> Array:
        arrays = self.get(name)
        if name not in arrays:
            raise ConvscopeError(f"the window's answer has no {name}")
        return arrays[name]

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _connect(self, start: bool) -> _Connection:
        if self._connection is not None and not self._connection.in_step:
            self._drop()
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
        """Asks the window, and again where the connection has ended meanwhile.

        A window that is being closed may still take connections, so it is asked until there is none:
        then another one is started, once, or NoWindow is raised.
        """
        with self._lock:
            ends = time.monotonic() + _CLOSED_SECONDS
            while True:
                process = self._process
                try:
                    return self._connect(start).ask(header, arrays)
                except _Lost as lost:
                    if time.monotonic() > ends:
                        raise ConvscopeError(str(lost)) from None
                start = start and self._process is process
                time.sleep(_LOOK_AGAIN_SECONDS)

    def _end(self) -> None:
        """Closes the sockets as the process ends, and waits for nobody."""
        for listener in self._listeners:
            listener.end()
        self._drop()

    def _forget(self) -> None:
        """Begins anew in a child of the process, where neither connections nor threads are its own."""
        self._lock = threading.RLock()
        if self._connection is not None:
            self._connection.forget()
        self._connection = None
        for listener in self._listeners:
            listener.forget()
        self._listeners = []
        self._process = None


def _end_all() -> None:
    """Before the interpreter takes objects apart in whatever order, which warns of open sockets."""
    for one in list(_all):
        one._end()


def _forget_all() -> None:
    for one in list(_all):
        one._forget()


atexit.register(_end_all)
os.register_at_fork(after_in_child=_forget_all)

_windows: Dict[str, Convscope] = {}


def show(input: Any = None, weight: Any = None, bias: Any = None, *, window: str = "default",
         target: Any = None, stride: Optional[Pair] = None, padding: Optional[Padding] = None,
         padding_mode: Optional[str] = None, dilation: Optional[Pair] = None, groups: Optional[int] = None,
         transposed: Optional[bool] = None, output_padding: Optional[Pair] = None, relu: Optional[bool] = None,
         pooling: Optional[Pooling] = None, layer: int = 0, reset: bool = False) -> Convscope:
    """Shows arrays in the window of this name, and opens it where it is not open. Returns it.

    The other arguments are those of Convscope.show().
    """
    _require_name(window)
    is_new = window not in _windows
    shown = _windows.setdefault(window, Convscope(window))
    try:
        shown.show(input, weight, bias, target=target, stride=stride, padding=padding, padding_mode=padding_mode,
                   dilation=dilation, groups=groups, transposed=transposed, output_padding=output_padding,
                   relu=relu, pooling=pooling, layer=layer, reset=reset)
    except BaseException:
        if is_new and shown._connection is None:  # there is no such window
            _windows.pop(window, None)
        raise
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


# What the program calls things that figure() gives it in a scene and in a command.
_WORDS = (
    (r"\bpool\.kernel\b", "pooling's kernel_size"), (r"\bpool\.relu\b", "relu"), (r"\bpool\.", "pooling's "),
    (r"\bconv\.", ""), (r"\bkernel\.(weight|bias)\b", r"\1"), (r"\bneeds --at Y,X\b", "needs at=(y, x)"),
    (r"; see $", ""), (r"--(panel|at|steps|scale|title)\b", r"\1"))


def _in_words_of_figure(sentence: str, scene: Path) -> str:
    """Returns the program's sentence with the names of figure()'s arguments, but for what it quotes."""
    if sentence.startswith(f'"{scene}" '):  # nobody knows this file
        sentence = sentence.split(": ", 1)[-1]
    parts = re.split('("[^"]*")', sentence)
    for place in range(0, len(parts), 2):
        for theirs, ours in _WORDS:
            parts[place] = re.sub(theirs, ours, parts[place])
    return "".join(parts)


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
        name = _text("path", os.fspath(path))
        with tempfile.TemporaryDirectory(prefix="convscope-") as folder:
            self._render(Path(folder), Path(os.path.abspath(name)))

    def _render(self, folder: Path, output: Path) -> None:
        scene = folder / "scene.json"
        scene.write_text(json.dumps(self._scene(folder)))
        program = _program()
        try:
            done = subprocess.run(
                [program, "render", str(scene), "--output", str(output), *self._arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        except (OSError, ValueError) as error:
            raise ConvscopeError(f"{program} can't be started: {getattr(error, 'strerror', None) or error}") from None
        if done.returncode != 0:
            raise ConvscopeError(_in_words_of_figure(_sentence(done.stderr.decode(errors="replace")), scene))

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
           scale: Optional[float] = None, stride: Optional[Pair] = None, padding: Optional[Padding] = None,
           padding_mode: Optional[str] = None, dilation: Optional[Pair] = None, groups: Optional[int] = None,
           transposed: Optional[bool] = None, output_padding: Optional[Pair] = None,
           relu: Optional[bool] = None, pooling: Optional[Pooling] = None) -> Figure:
    """Draws one panel without a window, as `convscope render` does; needs no display.

    `panel` is one of those of `convscope render`: input, kernel, output, pooled, row, explanation
    (with at=(y, x)), frequency, loss and so on. `steps` is how many steps are learned before. The
    options of convolution and pooling are those of Convscope.show(); what is not given is PyTorch's
    default.
    """
    for name, values in (("input", input), ("weight", weight)):
        if values is None:
            raise ConvscopeError(f"{name} is None; it must be an array")
    arrays = _given_arrays(input=input, weight=weight, bias=bias, target=target)
    options = _given_options(
        stride=stride, padding=padding, padding_mode=padding_mode, dilation=dilation, groups=groups,
        transposed=transposed, output_padding=output_padding, relu=relu)
    arguments = [f"--panel={_text('panel', panel)}"]
    if at is not None:
        place = _option("at", at, "(y, x), a cell of the output")
        if not isinstance(place, list) or len(place) != 2:
            raise ConvscopeError(f"at is {_short(at)}; it must be (y, x), a cell of the output")
        arguments.append(f"--at={place[0]},{place[1]}")
    if title:
        arguments.append(f"--title={_text('title', title)}")
    if dark:
        arguments.append("--dark")
    if not numbers:
        arguments.append("--no-numbers")
    if steps is not None:
        arguments.append(f"--steps={_whole('steps', steps)}")
    if scale is not None:
        try:
            arguments.append(f"--scale={float(scale)}")
        except (TypeError, ValueError):
            raise ConvscopeError(f"scale is {_short(scale)}; it must be a number") from None
    return Figure(arrays, options, _pooling_options(pooling), arguments)
