#pragma once

#include <string>

#include "app/lesson/names.h"
#include "engine/core/error.h"

namespace convscope::lesson {

// An error in a line of a lesson. read_lesson turns it into an Error that names file, step and
// line.
class LineError : public Error {
 public:
  LineError(int line, const std::string& text) : Error(text), line_(line) {}
  int line() const { return line_; }  // from 1

 private:
  int line_;
};

// Calls `read` and turns its Error into one of this line.
template <typename Read>
auto at_line(int line, Read&& read) {
  try {
    return read();
  } catch (const LineError&) {
    throw;
  } catch (const Error& error) {
    throw LineError(line, error.what());
  }
}

}  // namespace convscope::lesson
