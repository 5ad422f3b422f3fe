# Debian packages by what they are for, and the function that installs those that are missing.
# Sourced by run.sh, test.sh and .ci/asan.sh.

build_packages=(
  g++ cmake ninja-build pkg-config
  libimgui-dev          # Dear ImGui: the interface
  libglfw3-dev          # windows and input
  libstb-dev            # PNG, read and written
  libjpeg-dev           # JPEG: tells where a scan's data ends, which stb_image makes up
  libseccomp-dev        # what the process that decodes pictures may ask of the system
  python3-glad          # the OpenGL loader, generated while configuring; Python for a test
  nlohmann-json3-dev    # scenes
  zlib1g-dev            # compresses the scenes in addresses; reads idx files that gzip compressed
  libzip-dev            # NumPy's archives of arrays (.npz), with ZIP64 and checksums
  libcmark-dev          # the Markdown of lessons: the reference, whose nodes know their lines
  libcli11-dev          # the command line
  libcairo2-dev         # figures as PNG and PDF, vectors and text; FreeType, which it needs, reads the embedded fonts
  libcgif-dev           # animated GIF: a small encoder with exact palettes, written as a stream
  libhwy-dev            # SIMD with run-time dispatch
  libtbb-dev            # parallel loops
  libeigen3-dev         # singular values, products of matrices
  fonts-inter fonts-dejavu-core  # embedded in the program
)
# What the program opens at run time: OpenGL through GLX or EGL, and the X extensions that GLFW loads.
runtime_packages=(
  libgl1 libegl1 libgl1-mesa-dri
  libx11-6 libxcursor1 libxi6 libxinerama1 libxrandr2 libxxf86vm1
)
test_packages=(
  libgtest-dev libgmock-dev librapidcheck-dev
  xvfb xdotool          # the test in a real window
  python3-numpy         # the Python client of the window takes and gives arrays of NumPy
  python3-torch python3-scipy  # run the snippets that the program writes
  librsvg2-bin poppler-utils  # draw the SVG and PDF that the program writes
  zsh fish              # read the completions that the program prints for them
  strace                # kills the program at each of its system calls
  clang-format git      # .ci/run checks the formatting of what git tracks
)
# What .ci/sanitize.sh, .ci/tidy.sh and .ci/fuzz.sh use.
clang_packages=(
  clang libclang-rt-dev  # Clang, its sanitizers and libFuzzer
  llvm                   # names the functions in what a sanitizer reports
  clang-tidy
)
# What .ci/package.sh makes and tries the Debian package with.
package_packages=(
  dpkg-dev file          # which libraries the package needs
  help2man librsvg2-bin  # the manual page of --help, the icon in its sizes
  desktop-file-utils appstream lintian  # read the package
  debootstrap xvfb xdotool  # a fresh system, and a window in it
)

# install_missing WHY PACKAGE...: installs the packages that are not there yet, and says so.
install_missing() {
  local why=$1
  shift
  local package missing=()
  local present
  # dpkg-query fails where it doesn't know one of them.
  present=$( (dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null || true) |
    sed -n 's/^ii //p')
  for package in "$@"; do
    grep -qx -- "$package" <<<"$present" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  if ! command -v apt-get >/dev/null; then
    echo "This script installs Debian packages with apt-get, which is not here. Please install: ${missing[*]}" >&2
    return 1
  fi
  echo "Installing with apt-get, because $why: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "Installing packages needs root, and sudo is not here. As root, run: apt-get install ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
