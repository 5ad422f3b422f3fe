#include "app/files/printable_text.h"

#include <gtest/gtest.h>

#include <sstream>

namespace convscope::files {
namespace {

TEST(PrintableText, LeavesTextAsItIs) {
  for (const char* text : {"", "photo.jpg", "größe ⋆ × 図.npy", "a b~", "\xf0\x9f\x99\x82"})
    EXPECT_EQ(printable(text), text);
}

TEST(PrintableText, ShowsControlCharactersAsEscapes) {
  EXPECT_EQ(printable("a\x1b[31mb\n\r\tc\x7f"), "a\\x1b[31mb\\x0a\\x0d\\x09c\\x7f");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "\\u009b31m");  // C1 as UTF-8: CSI
  EXPECT_EQ(printable("\xc2\xa0"), "\xc2\xa0");
}

TEST(PrintableText, ShowsWhatTurnsTheDirectionOrBreaksLines) {
  EXPECT_EQ(printable("a\xe2\x80\xaegpj.exe"), "a\\u202egpj.exe");
  EXPECT_EQ(printable("\xe2\x81\xa6\xe2\x81\xa9\xe2\x80\x8f\xe2\x80\xa8\xd8\x9c"),
            "\\u2066\\u2069\\u200f\\u2028\\u061c");
}

TEST(PrintableText, ShowsWhatIsNoUtf8ByByte) {
  EXPECT_EQ(printable("\x9b"
                      "31m"),
            "\\x9b31m");                                             // C1 as a byte
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");                    // too long
  EXPECT_EQ(printable("\xe2\x82"), "\\xe2\\x82");                    // cut
  EXPECT_EQ(printable("\xe2\x82x"), "\\xe2\\x82x");                  //
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // half of a pair
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond the last
  EXPECT_EQ(printable("\xff"), "\\xff");
}

TEST(PrintableText, AStreamKeepsItsLinesAndCharactersThatComeInParts) {
  std::ostringstream to;
  PrintableBuf buf(to);
  std::ostream out(&buf);
  out << "one\ntwo \x1b[2J\xc3";
  EXPECT_EQ(to.str(), "one\n");
  out << "\xa4" << '\n' << 3;
  EXPECT_EQ(to.str(), "one\ntwo \\x1b[2J\xc3\xa4\n");
  out << std::flush;
  EXPECT_EQ(to.str(), "one\ntwo \\x1b[2J\xc3\xa4\n3");
}

TEST(PrintableText, AStreamTellsThatItsTargetIsFull) {
  std::ostringstream to;
  PrintableBuf buf(to);
  std::ostream out(&buf);
  to.setstate(std::ios::badbit);
  EXPECT_FALSE(out << "a\n" << std::flush);
}

}  // namespace
}  // namespace convscope::files
