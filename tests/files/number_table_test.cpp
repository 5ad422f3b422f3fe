// What people copy from elsewhere and paste.
#include "app/files/arrays/number_table.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>

#include "app/files/arrays/number_word.h"
#include "engine/core/error.h"
#include "tests/engine/testing.h"
#include "tests/error_text.h"

namespace convscope::files {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr Index kMax = 64;

Tensor read(std::string_view text) {
  return read_number_table(text, kMax).tensor;
}
std::string note(std::string_view text) {
  return read_number_table(text, kMax).note;
}
std::string refusal(std::string_view text) {
  return error_text([&] { read_number_table(text, kMax); });
}

Tensor two_by_two() {
  return Tensor::from_rows({{1, 2}, {3, 4}});
}

// The README's table of what can be pasted, row by row.
TEST(NumberTable, EveryRowOfTheReadme) {
  for (const char* text : {
           "1\t2\n3\t4\n",
           "1;2\n3;4\n",
           "1,2\n3,4\n",
           "1 2\n3 4\n",
           "[[1, 2], [3, 4]]",
           "((1, 2), (3, 4))",
           "{{1, 2}, {3, 4}};",
           "array([[1., 2.],\n       [3., 4.]], dtype=float32)",
           "tensor([[1., 2.],\n        [3., 4.]], grad_fn=<MulBackward0>)",
           "[[1. 2.]\n [3. 4.]]",
           "[1 2; 3 4]",
           "     [,1] [,2]\n[1,]    1    2\n[2,]    3    4\n",
       }) {
    EXPECT_EQ(read(text), two_by_two()) << text;
    EXPECT_EQ(note(text).substr(0, 8), std::string_view(text).starts_with("1,2") ? "read 1,2" : "")
        << text;
  }
}

TEST(NumberTable, OtherSpellingsOfTheSame) {
  for (const char* text : {
           "[[1,2],[3,4]]",
           "[[1, 2,], [3, 4,],]",
           "[1, 2; 3, 4]",
           "[1 2;\n 3 4;]",
           "[[1 2]; [3 4]]",
           "[[[[1, 2], [3, 4]]]]",
           "K = [1 2; 3 4];",
           "k = np.array([[1, 2], [3, 4]], np.float32)",
           "torch.tensor([[1, 2], [3, 4]], requires_grad=True)",
           "matrix([[1, 2],\n        [3, 4]])",
           "Parameter containing:\ntensor([[1., 2.],\n        [3., 4.]], requires_grad=True)",
           "tensor([[1., 2.],\n        [3., 4.]], device='cuda:0')",
           "array([[1, 2], [3, 4]])",
           "K =\n\n     1     2\n     3     4\n\n",
           "ans=\n1 2\n3 4",
           "\n\n 1  2 \n 3  4 \n\n",
           "1 \t 2\n3 \t 4",
           "1\t2\r\n3\t4\r\n",
           "1\t2\r3\t4\r",
           "\xEF\xBB\xBF"
           "1\t2\n3\t4",
           "1, 2\n3, 4",
           "+1 2.\n3.0e0 0.4E+1",
           "array([[1, 2], [3, 4]], dtype=int8)",
       }) {
    EXPECT_EQ(read(text), two_by_two()) << text;
    EXPECT_EQ(note(text), "") << text;
  }
  EXPECT_EQ(read("[1, 2, 3]"), Tensor::from_rows({{1, 2, 3}}));
  EXPECT_EQ(read("(5,)"), Tensor::from_rows({{5}}));
  EXPECT_EQ(read("[1; 2]"), Tensor::from_rows({{1}, {2}}));
  EXPECT_EQ(read("[[1], [2]]"), Tensor::from_rows({{1}, {2}}));
}

TEST(NumberTable, APrintThatNumpyWrappedKeepsItsRows) {
  const std::string row = "0. 1. 2. 3. 4. 5.\n  6. 7. 8. 9. 10. 11.";
  const Tensor table = read("[[" + row + "]\n [" + row + "]]");
  EXPECT_EQ(table.shape(), (Shape{1, 1, 2, 12}));
  EXPECT_EQ(table.at(1, 11), 11.0f);
}

TEST(NumberTable, LinesInOneBracketAreOneRowAndThatIsTold) {
  EXPECT_EQ(read("[1 2\n 3 4]"), Tensor::from_rows({{1, 2, 3, 4}}));
  EXPECT_EQ(note("[1 2\n 3 4]"),
            "read the 2 lines as one row of 4 numbers: in brackets a row ends with ; or ]");
  EXPECT_THAT(note("array([1, 2,\n       3])"), StartsWith("read the 2 lines as one row of 3"));
  EXPECT_EQ(note("[\n1, 2, 3\n]\n"), "");
}

TEST(NumberTable, DecimalCommasAreReadWhereTabsOrSemicolonsSeparateAndThatIsTold) {
  const Tensor expected = Tensor::from_rows({{1.5f, 2}, {-0.25f, 1e-3f}});
  for (const char* text : {"1,5\t2\n−0,25\t1,0e-3", "1,5;2\n−0,25;1,0e-3", "1,5 ; 2\n-0,25; 0,001"})
    EXPECT_EQ(read(text), expected) << text;
  EXPECT_EQ(note("1,5\t2"),
            "read 1,5 as 1.5: where tabs separate the columns, a comma is the decimal sign");
  EXPECT_EQ(note("2;1,5"),
            "read 1,5 as 1.5: where semicolons separate the columns, a comma is the decimal sign");
}

TEST(NumberTable, CommasThatMayStandBetweenThousandsAreTold) {
  EXPECT_EQ(read("1,234\t5,678"), Tensor::from_rows({{1.234f, 5.678f}}));
  EXPECT_EQ(
      note("1,234\t5,678"),
      "read 1,234 as 1.234: where tabs separate the columns, a comma is the decimal sign, and "
      "not one between thousands");
  EXPECT_EQ(note("1,234,567"),
            "read 1,234,567 as 3 numbers: where there are no tabs or semicolons, commas separate "
            "the columns");
}

TEST(NumberTable, AColumnOfDecimalCommasIsToldAsTwoColumns) {
  EXPECT_EQ(read("1,5\n2,5"), Tensor::from_rows({{1, 5}, {2, 5}}));
  EXPECT_EQ(note("1,5\n2,5"),
            "read 1,5 as 2 numbers: where there are no tabs or semicolons, commas separate the "
            "columns");
  EXPECT_EQ(note("1, 5\n2, 5"), "");
  EXPECT_EQ(note("0,1,0\n1,1,1"), "");
}

TEST(NumberTable, CommasAndPointsTogetherAreInDoubt) {
  EXPECT_EQ(refusal("1,234.5\t2"),
            "\"1,234.5\" at line 1, column 1 has both a comma and a point; write it with one "
            "decimal sign and nothing between thousands");
  EXPECT_EQ(refusal("0.5\t1,234"),
            "\"1,234\" at line 1, column 5 has a comma and \"0.5\" at line 1, column 1 a point; "
            "write all numbers with the same decimal sign and nothing between thousands");
  EXPECT_THAT(refusal("1,234,567\t2"), HasSubstr("is not a number"));
  EXPECT_EQ(refusal("1,5 2,5\n3,5 4,5"),
            "\"5 2\" at line 1, column 3 is not one number, and commas separate the columns");
  EXPECT_EQ(refusal("1, 2\n3; 4"),
            "\"1, 2\" at line 1, column 1 is not one number, and semicolons separate the columns");
  EXPECT_THAT(refusal("[1,5 2,5; 3,5 4,5]"),
              HasSubstr("at line 1, column 6 comes where commas separate some numbers"));
  EXPECT_THAT(refusal("[1 2, 3]"), HasSubstr("commas separate some numbers of the brackets"));
}

TEST(NumberTable, EmptyCellsAreToldAndNeverDropped) {
  EXPECT_EQ(refusal("1\t\t3\n4\t5\t6"),
            "the cell at line 1, column 3 (row 1, cell 2) is empty; every cell must have a number");
  EXPECT_THAT(refusal("1\t2\n3\t"), HasSubstr("(row 2, cell 2) is empty"));
  EXPECT_THAT(refusal("\t2\n3\t4"), HasSubstr("(row 1, cell 1) is empty"));
  EXPECT_THAT(refusal("1\t2\n\t\n3\t4"), HasSubstr("(row 2, cell 1) is empty"));
  EXPECT_THAT(refusal("1,2,\n3,4,"), HasSubstr("(row 1, cell 3) is empty"));
  EXPECT_THAT(refusal("1;;2"), HasSubstr("(row 1, cell 2) is empty"));
  EXPECT_EQ(refusal("[[1,, 2]]"),
            "there is no number before the comma at line 1, column 5; every cell must have one");
  EXPECT_THAT(refusal("[,1]"), HasSubstr("rows below them"));
  EXPECT_THAT(refusal("[[,1]]"), HasSubstr("no number before the comma"));
  EXPECT_THAT(refusal("[1;;2]"), HasSubstr("no number before the \";\""));
  EXPECT_THAT(refusal("[[1, 2], []]"), HasSubstr("the brackets at line 1, column 10 are empty"));
  EXPECT_EQ(refusal("1\n\n3"),
            "there is an empty line at line 2, column 1 and more below it; one table without empty "
            "cells is accepted");
}

TEST(NumberTable, RowsOfDifferentLengthAreTold) {
  EXPECT_EQ(
      refusal("1 2\n3"),
      "the row at line 2, column 1 has 1 number and the first has 2; all rows must be equally "
      "long");
  EXPECT_EQ(refusal("[[1, 2],\n [3]]"),
            "the brackets at line 2, column 2 hold 1 numbers and the first beside them 2; all must "
            "be equally long");
  EXPECT_THAT(refusal("[1 2; 3]"), HasSubstr("row 2 of the brackets, which ends at line 1, column "
                                             "8, has 1 number and the first has 2"));
  EXPECT_THAT(refusal("[[1], 2]"), HasSubstr("is a number beside brackets"));
  EXPECT_THAT(refusal("[1, [2]]"), HasSubstr("begins a bracket beside numbers"));
}

TEST(NumberTable, SeveralTablesAreTold) {
  EXPECT_EQ(refusal("[[[1, 2]], [[3, 4]]]"),
            "it has 2 × 1 × 2 numbers, which are several tables; one is accepted, as rows of "
            "numbers");
  EXPECT_THAT(refusal("1 2\n3 4\n\n5 6\n7 8"), HasSubstr("empty line at line 3"));
  EXPECT_THAT(refusal("[1, 2] [3, 4]"),
              HasSubstr("\"[3, 4]\" at line 1, column 8 stands behind the last bracket"));
  EXPECT_THAT(refusal("[1] 2 3"), HasSubstr("stands behind the last bracket"));
}

TEST(NumberTable, WhatWouldChangeTheNumbersIsRefused) {
  EXPECT_THAT(refusal("np.array([[1, 2]])/4"), HasSubstr("stands behind the last bracket"));
  EXPECT_THAT(refusal("array([[1, 2]]).T"), HasSubstr("stands behind the last bracket"));
  EXPECT_THAT(refusal("zeros((2, 2))"), HasSubstr("\"zeros\" at line 1, column 1 is not a number"));
  EXPECT_THAT(refusal("np.full((2, 2), 7)"), HasSubstr("\"np.full\""));
  EXPECT_THAT(refusal("array([[0.5]], dtype=int)"), HasSubstr("makes whole numbers"));
  EXPECT_THAT(refusal("array([1, 2], [3, 4])"), HasSubstr("is a second argument"));
  EXPECT_THAT(refusal("1.0e+03 *\n\n1 2"), HasSubstr("\"*\" at line 1, column 9 is not a number"));
}

TEST(NumberTable, NumbersThatWereLeftOutAreTold) {
  for (const char* text :
       {"[0, 1, ..., 8, 9]", "[0. 1. ... 8. 9.]", "[[0, 1], ..., [8, 9]]", "tensor([[0, …, 9]])"})
    EXPECT_THAT(refusal(text), HasSubstr("leaves numbers out; print the whole array")) << text;
}

TEST(NumberTable, CutTextsAreTold) {
  for (const char* text :
       {"[", "[[1, 2], [3", "array([[1, 2]]", "array([[1, 2]], dtype=float3", "tensor(", "[1;"})
    EXPECT_THAT(refusal(text),
                testing::AnyOf(HasSubstr("not closed"), HasSubstr("not the bracket")))
        << text;
  EXPECT_THAT(refusal("[1, 2)"), HasSubstr("closes no bracket; a ] must come before it"));
  EXPECT_THAT(refusal(std::string(100, '[')), HasSubstr("more than 8 brackets"));
}

TEST(NumberTable, WrongTextHasLineAndColumn) {
  EXPECT_EQ(refusal("1 2\n3 word"), "\"word\" at line 2, column 3 is not a number");
  EXPECT_EQ(refusal("1\r\n−2 x"), "\"x\" at line 2, column 4 is not a number")
      << "columns are counted in characters";
  EXPECT_EQ(refusal("1\r2 x"), "\"x\" at line 2, column 3 is not a number");
  EXPECT_EQ(refusal("1 2 [3]"), "\"[3]\" at line 1, column 5 is not a number");
  EXPECT_EQ(refusal("K =\n\n 1 x"), "\"x\" at line 3, column 4 is not a number");
  EXPECT_EQ(refusal("K =\n"), "\"K\" at line 1, column 1 is not a number");
  EXPECT_EQ(refusal(""), "there are no numbers in it; rows of numbers are accepted");
  EXPECT_EQ(refusal(" \r\n\t"), "there are no numbers in it; rows of numbers are accepted");
}

TEST(NumberTable, WideMatricesOfRGoOnBelow) {
  EXPECT_EQ(
      read("     [,1] [,2]\n[1,]    1    2\n[2,]    4    5\n     [,3]\n[1,]    3\n[2,]    6\n"),
      Tensor::from_rows({{1, 2, 3}, {4, 5, 6}}));
  EXPECT_THAT(refusal("     [,1] [,2]\n[1,]    1\n"), HasSubstr("ends at column 1; its labels go"));
  EXPECT_THAT(refusal("     [,1]\n[1,]    1 2\n"), HasSubstr("has no column's label above it"));
  EXPECT_THAT(refusal("     [,1]\n[2,]    1\n"), HasSubstr("must be the label [1,]"));
  EXPECT_THAT(refusal("     [,2]\n[1,]    1\n"), HasSubstr("must be the label [,1]"));
  EXPECT_THAT(refusal("     [,1]\n[1,]   NA\n"),
              HasSubstr("\"NA\" at line 2, column 8 is a missing"));
  EXPECT_THAT(refusal("     [,1]\n[1,]  1\n[2,]  2\n     [,2]\n[1,]  3\n"),
              HasSubstr("1 rows below them, and the first have 2"));
}

TEST(NumberTable, ItsLimitsAreLookedAtBeforeTheWork) {
  // Three bytes each: so large a text took minutes.
  std::string minuses;
  for (int i = 0; i < (1 << 20); ++i)
    minuses += "−";
  EXPECT_EQ(refusal(minuses), "the text has 3072 kB; at most 1024 are read");
  const std::string_view most = std::string_view(minuses).substr(0, kMaxTableText / 3 * 3);
  EXPECT_THAT(refusal(most), StartsWith("\"−−−−−−−−−−−−−…\" at line 1, column 1 is not"));
  std::string wide;
  for (int i = 0; i < 100'000; ++i)
    wide += "−1 ";
  EXPECT_THAT(refusal(wide), StartsWith("there are more than 64 rows or columns; at most 64"));
  EXPECT_THAT(refusal("[" + wide + "]"), StartsWith("there are more than 64 rows or columns"));
  std::string high;
  for (int i = 0; i < 100'000; ++i)
    high += "[1],\n";
  EXPECT_THAT(refusal("[" + high + "]"), StartsWith("there are more than 64 rows or columns"));
}

TEST(NumberTable, WholeNumbersThatAreRoundedAreTold) {
  EXPECT_EQ(note("16777216 1"), "");
  EXPECT_EQ(note("1 16777217"), "16777217 at line 1, column 3 is rounded to float32");
  EXPECT_EQ(note("1 -36893488147419103233"),
            "-36893488147419103233 at line 1, column 3 is rounded to float32");
}

// Whatever bytes come, there is a table or a sentence.
RC_GTEST_PROP(NumberTable, AnyTextIsReadOrRefused, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "[", "]", "(", ")", "{", "}", ",", ";", "\t", " ", "\n", "\r", "1", "-2.5", "−", "nan", "...",
      "array", "tensor", "=", "[,1]", "[1,]", "1/3", "×10⁻³", "\xFF", "dtype=int", "x", "."));
  std::string text;
  for (const std::string& piece : pieces)
    text += piece;
  try {
    const NumberTable table = read_number_table(text, kMax);
    RC_ASSERT(table.tensor.numel() > 0);
  } catch (const Error& error) {
    RC_ASSERT(!std::string(error.what()).empty());
  }
}

TEST(NumberWord, TakesWhatPeopleWrite) {
  const auto value = [](std::string_view word) {
    const NumberWord read = read_number_word(word);
    EXPECT_EQ(read.problem, "") << word;
    return read.value;
  };
  EXPECT_EQ(value("−0.5"), -0.5f);
  EXPECT_EQ(value("+1"), 1.0f);
  EXPECT_EQ(value("1e3"), 1000.0f);
  EXPECT_EQ(value("1.2e-3"), 1.2e-3f);
  EXPECT_EQ(value("1."), 1.0f);
  EXPECT_EQ(value(".5"), 0.5f);
  EXPECT_EQ(value("1/9"), static_cast<float>(1.0 / 9.0));
  EXPECT_EQ(value("-1/4"), -0.25f);
  EXPECT_EQ(value("1.2×10⁻³"), 1.2e-3f);
  EXPECT_EQ(value("−3×10⁵"), -3e5f);
  EXPECT_EQ(value("1e-41"), 1e-41f);
  for (const char* word : {"nan", "NaN", "-nan", "NAN"})
    EXPECT_TRUE(std::isnan(value(word))) << word;
  for (const char* word : {"inf", "Inf", "+inf", "Infinity", "∞"})
    EXPECT_EQ(value(word), INFINITY) << word;
  for (const char* word : {"-inf", "−Inf", "-Infinity", "−∞"})
    EXPECT_EQ(value(word), -INFINITY) << word;
  EXPECT_TRUE(std::signbit(value("-0")));
}

TEST(NumberWord, RefusesTheRest) {
  for (const char* word :
       {"",      "-",    "+",  "word", "1.2.3", "1,5",    "0x10",    "1_000", "5%",       "1+2j",
        "+-1",   "--1",  "1e", "e5",   "1/2/3", "/2",     "1/",      "1/inf", "1/2×10⁻³", "2²",
        "×10⁻³", "1×10", "–1", "1.0f", "True",  "nan(1)", "infinit", "1²"})
    EXPECT_EQ(read_number_word(word).problem, "is not a number") << word;
  EXPECT_EQ(read_number_word("1/0").problem, "divides by zero");
  for (const char* word : {"1e39", "-1e400", "1e-50", "1e-400", "1e30/1e-30", "1/1e60"})
    EXPECT_THAT(read_number_word(word).problem, StartsWith("is beyond float32")) << word;
  for (const char* word : {"NA", "N/A", "#N/A", "None", "null"})
    EXPECT_THAT(read_number_word(word).problem, StartsWith("is a missing value")) << word;
}

RC_GTEST_PROP(NumberWord, EveryFloatIsReadBack, ()) {
  const float value = std::bit_cast<float>(*rc::gen::arbitrary<std::uint32_t>());
  const NumberWord read = read_number_word(plain_number(value));
  RC_ASSERT(read.problem.empty());
  RC_ASSERT(!read.rounded);
  if (std::isnan(value)) {
    RC_ASSERT(std::isnan(read.value));
  } else {
    RC_ASSERT(std::bit_cast<std::uint32_t>(read.value) == std::bit_cast<std::uint32_t>(value));
  }
}

}  // namespace
}  // namespace convscope::files
