#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <initializer_list>
#include <iostream>
#include <sstream>

#include "app/cli/commands.h"
#include "app/cli/parse_error_text.h"
#include "app/cli/report.h"
#include "app/cli/usage_error.h"
#include "app/cli/window_options.h"
#include "app/files/doomed_file.h"
#include "app/files/picture_decoder.h"
#include "app/files/printable_text.h"
#include "app/gl/no_display.h"
#include "app/link/client.h"
#include "app/start.h"
#include "engine/ops/simd_limit.h"

namespace {

constexpr int kFailure = 1;
constexpr int kWrongCall = 2;
constexpr int kNoDisplay = 3;
constexpr int kNoWindow = 3;  // to send to

// Limits the program's vector instructions if the environment asks for it. An empty variable means
// no limit.
void limit_simd_from_environment() {
  const char* name = std::getenv("CONVSCOPE_SIMD");
  if (name == nullptr || *name == '\0') return;
  try {
    convscope::engine::limit_simd(name);
  } catch (const std::invalid_argument& error) {
    throw convscope::cli::UsageError(std::string("CONVSCOPE_SIMD ") + error.what());
  }
}

// Replaces closed standard streams: the next file to be opened would become that stream, and a
// report would go into an output. The replacement can't be written to, which is reported as for any
// other stream.
void open_closed_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) == -1 && errno == EBADF)
      static_cast<void>(open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
  }
}

// Ignores SIGXFSZ, so that a file at its size limit ("ulimit -f") is reported as one that can't be
// written.
void ignore_file_size_signal() {
  std::signal(SIGXFSZ, SIG_IGN);
}

int run(int argc, char** argv) {
  CLI::App cli("Convscope: see 2-D convolution, pooling and kernel learning as heatmaps");
  cli.set_version_flag("--version", "Convscope " CONVSCOPE_VERSION ", computing with " +
                                        convscope::engine::simd_names().front());
  convscope::cli::WindowArguments window;
  convscope::cli::add_window_arguments(cli, window);
  const bool terminal = isatty(STDERR_FILENO) == 1;
  convscope::files::PrintableBuf printable(std::cout);
  std::ostream out(&printable);
  convscope::files::PrintableBuf printable_notes(std::cerr);
  std::ostream notes(&printable_notes);
  notes << std::unitbuf;  // so that notes appear even if a failure follows
  convscope::cli::add_commands(
      cli, {out, notes, terminal ? &std::cerr : nullptr, convscope::files::command_memory_limit(),
            convscope::files::scene_memory_limit(), convscope::draw_window});
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0)
      throw convscope::cli::UsageError(convscope::cli::parse_error_text(cli, error));
    std::ostringstream asked;  // --help or --version
    cli.exit(error, asked, std::cerr);
    out << asked.str();
    convscope::cli::require_written(out);
    return 0;
  }
  if (cli.get_subcommands().empty()) convscope::start(convscope::cli::window_options(window), out);
  convscope::cli::require_written(out);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto fail = [](const std::exception& error, int code) {
    std::cerr << "convscope: "
              << convscope::cli::sentence(convscope::files::printable(error.what())) << "\n";
    return code;
  };
  convscope::files::become_decoder_if_asked(argc, argv);
  open_closed_standard_streams();
  ignore_file_size_signal();
  convscope::files::remove_doomed_files_on_signals();
  try {
    limit_simd_from_environment();
    return run(argc, argv);
  } catch (const convscope::gl::NoDisplay& error) {
    return fail(error, kNoDisplay);
  } catch (const convscope::link::NoWindow& error) {
    return fail(error, kNoWindow);
  } catch (const convscope::cli::UsageError& error) {
    return fail(error, kWrongCall);
  } catch (const std::bad_alloc&) {
    std::cerr << "convscope: There is not enough memory.\n";
    return kFailure;
  } catch (const std::exception& error) {
    return fail(error, kFailure);
  }
}
