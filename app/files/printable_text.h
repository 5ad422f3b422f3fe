#pragma once

#include <iosfwd>
#include <streambuf>
#include <string>
#include <string_view>

// File names and contents are somebody's: what in them would move a terminal's cursor, change its
// colours, reverse the order of what is read or break a line is shown as an escape.
namespace convscope {

// `text` as valid UTF-8 in one line: control characters (C0, DEL, C1), marks and overrides of the
// writing direction, line separators and bytes that are no UTF-8 as "\x1b", "\u202e" and so on.
std::string printable(std::string_view text);

// Passes on what is written to it, printable, line by line; the newlines themselves stay. What is
// not passed on yet is on flush.
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
  std::string line_;  // not passed on yet
};

}  // namespace convscope
