#pragma once

#include <iosfwd>
#include <streambuf>
#include <string>
#include <string_view>

#include "app/files/names.h"

// File names and contents can't be trusted. Characters that would move a terminal's cursor, change
// its colours, reverse the reading direction or break a line are shown as escapes.
namespace convscope::files {

// Returns `text` as valid UTF-8 in one line: control characters (C0, DEL, C1), marks and overrides
// of the writing direction, line separators and invalid bytes become "\x1b", "\u202e" and so on.
std::string printable(std::string_view text);

// A stream buffer that passes on what is written to it, made printable, line by line; the newlines
// themselves stay. An unfinished line is passed on by flush.
class PrintableBuf : public std::streambuf {
 public:
  explicit PrintableBuf(std::ostream& to) : to_(to) {}

 protected:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override;

 private:
  bool pass_on(std::size_t size);

  std::ostream& to_;
  std::string line_;  // not yet passed on
};

}  // namespace convscope::files
