#pragma once

#include <functional>
#include <string>

#include "app/export/snippet/snippet.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"
#include "app/session/worker.h"

namespace convscope::program {

// The programs that were asked for, until they are on the clipboard: a worker writes them, as it
// takes a long run of learning once more. A new request replaces the one before.
class Snippets {
 public:
  // `wake` is called from the worker.
  explicit Snippets(std::function<void()> wake);

  // Requests the newest results, and the learning as far as it has run, as a Python program. While
  // a question is asked whose answer it would show, the view's message says so instead.
  void copy(exports::Dialect dialect, const Live& live, bool asked, View& view);
  // Copies what was written to the clipboard, and tells the view so, or why there is none.
  void poll(View& view);
  // Blocks until the one under way is written.
  void wait() { worker_.wait(); }

 private:
  struct Request {
    exports::Dialect dialect = exports::Dialect::kPytorch;
    exports::SnippetSource source;
  };
  struct Made {
    exports::Dialect dialect = exports::Dialect::kPytorch;
    exports::Snippet snippet;
    std::string error;  // one sentence without full stop why there is none; else empty
  };
  static Made make(const Request& request);

  Worker<Request, Made> worker_;
};

}  // namespace convscope::program
