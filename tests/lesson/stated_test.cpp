#include "app/lesson/stated.h"

#include <gmock/gmock.h>

#include <limits>

#include "tests/error_text.h"

namespace convscope::lesson {
namespace {

using testing::ElementsAre;

std::vector<double> numbers(std::string_view text) {
  std::vector<double> values;
  for (const StatedNumber& n : read_stated(text).numbers)
    values.push_back(n.value);
  return values;
}

bool holds(double value, std::string_view text) {
  return agrees(number_value(value), read_stated(text));
}

TEST(Stated, NumbersAsPeopleWriteThem) {
  EXPECT_THAT(numbers("19"), ElementsAre(19));
  EXPECT_THAT(numbers(" −0.994 "), ElementsAre(-0.994));
  EXPECT_THAT(numbers("-.5"), ElementsAre(-0.5));
  EXPECT_THAT(numbers("1.2×10⁵"), ElementsAre(1.2e5));
  EXPECT_THAT(numbers("1.2×10⁻³"), ElementsAre(1.2e-3));
  EXPECT_THAT(numbers("3e-2"), ElementsAre(0.03));
  EXPECT_THAT(numbers("258 309 120"), ElementsAre(258, 309, 120));
  EXPECT_THAT(numbers("258\u2009309\u2009120"), ElementsAre(258309120));
  EXPECT_THAT(numbers("6 × 7"), ElementsAre(6, 7));
  EXPECT_THAT(numbers("6x7"), ElementsAre(6, 7));
  EXPECT_THAT(numbers("[1, 1, 6, 7]"), ElementsAre(1, 1, 6, 7));
  EXPECT_THAT(numbers("(2, 1)"), ElementsAre(2, 1));
  EXPECT_THAT(numbers("≈ 300"), ElementsAre(300));
  EXPECT_THAT(numbers("−∞"), ElementsAre(-std::numeric_limits<double>::infinity()));
  EXPECT_THAT(numbers("zeros"), ElementsAre());
  EXPECT_THAT(numbers("3 cells"), ElementsAre());
}

TEST(Stated, RowsInBrackets) {
  const Stated stated = read_stated("[[19, 25], [37, 43]]");
  EXPECT_EQ(stated.columns, 2u);
  EXPECT_THAT(numbers("[[19, 25], [37, 43]]"), ElementsAre(19, 25, 37, 43));
  EXPECT_EQ(read_stated("[19, 25]").columns, 0u);
}

TEST(Stated, TooManyNumbersAreRefused) {
  std::string text;
  for (std::size_t i = 0; i <= kMaxStatedNumbers; ++i)
    text += "1 ";
  EXPECT_EQ(error_text([&] { read_stated(text); }),
            "more than 256 numbers are stated; at most so many are accepted");
}

TEST(Agrees, WholeNumbersExactlyAndOthersByTheirDigits) {
  EXPECT_TRUE(holds(19, "19"));
  EXPECT_TRUE(holds(19.000001, "19")) << "float32 rounds";
  EXPECT_FALSE(holds(19.2, "19"));
  EXPECT_TRUE(holds(19.2, "≈ 19"));
  EXPECT_FALSE(holds(19.6, "≈ 19"));
  EXPECT_TRUE(holds(1.66757, "1.668"));
  EXPECT_FALSE(holds(1.6672, "1.668"));
  EXPECT_TRUE(holds(-0.99396, "−0.9940"));
  EXPECT_TRUE(holds(1.234e5, "1.2×10⁵"));
  EXPECT_FALSE(holds(1.26e5, "1.2×10⁵"));
  EXPECT_FALSE(holds(0.0001, "0")) << "what is nearly nothing is not nothing";
  EXPECT_TRUE(holds(std::numeric_limits<double>::infinity(), "∞"));
  EXPECT_FALSE(holds(std::numeric_limits<double>::infinity(), "3"));
}

TEST(Agrees, CountsToTheLastDigit) {
  EXPECT_TRUE(agrees(count_value(258309120), read_stated("258309120")));
  EXPECT_FALSE(agrees(count_value(258309121), read_stated("258309120")));
  EXPECT_FALSE(agrees(count_value(2), read_stated("2, 2")));
  EXPECT_TRUE(agrees(count_value(258309120), read_stated_count("258 309 120")));
  EXPECT_EQ(read_stated_count("258 309 120").text, "258 309 120");
}

TEST(Agrees, ShapesWithAndWithoutLeadingOnes) {
  const Value shape = shape_value({1, 1, 6, 7});
  EXPECT_TRUE(agrees(shape, read_stated("6 × 7")));
  EXPECT_TRUE(agrees(shape, read_stated("[1, 1, 6, 7]")));
  EXPECT_FALSE(agrees(shape, read_stated("7 × 6")));
  EXPECT_FALSE(agrees(shape_value({2, 1, 6, 7}), read_stated("6 × 7")));
  EXPECT_FALSE(agrees(shape, read_stated("2 × 1 × 6 × 7")));
}

TEST(Agrees, TuplesAsOneNumberOrAsTheirSides) {
  EXPECT_TRUE(agrees(tuple_value({1, 1}), read_stated("1")));
  EXPECT_TRUE(agrees(tuple_value({1, 1}), read_stated("(1, 1)")));
  EXPECT_TRUE(agrees(tuple_value({2, 1, 2, 1}), read_stated("(2, 1)")));
  EXPECT_FALSE(agrees(tuple_value({2, 1, 2, 1}), read_stated("2")));
}

TEST(Agrees, NumbersRowByRowAndTexts) {
  Value rows{.kind = ValueKind::kNumbers,
             .numbers = {1, 2, 3, 4},
             .columns = 2,
             .text = {},
             .missing = {}};
  EXPECT_TRUE(agrees(rows, read_stated("[[1, 2], [3, 4]]")));
  EXPECT_FALSE(agrees(rows, read_stated("[1, 2, 3, 4]")));
  EXPECT_TRUE(agrees(text_value("diverges"), read_stated("Diverges")));
  EXPECT_FALSE(agrees(text_value("diverges"), read_stated("converges")));
  EXPECT_FALSE(agrees(no_value("there is none"), read_stated("0")));
}

TEST(ValueText, AsTheWindowWritesIt) {
  EXPECT_EQ(value_text(number_value(-0.5)), "−0.5");
  EXPECT_EQ(value_text(number_value(1.66757)), "1.668");
  EXPECT_EQ(value_text(number_value(16777216)), "16777216");
  EXPECT_EQ(value_text(count_value(258309120)), "258 309 120");
  EXPECT_EQ(value_text(shape_value({1, 1, 6, 7})), "6 × 7");
  EXPECT_EQ(value_text(shape_value({32, 7, 124, 124})), "32 × 7 × 124 × 124");
  EXPECT_EQ(value_text(tuple_value({2, 1, 2, 1})), "(2, 1)");
  EXPECT_EQ(value_text(tuple_value({1, 1, 1, 1})), "1");
  EXPECT_EQ(value_text(no_value("there is none")), "—");
}

TEST(ValueText, WithTheDigitsThatWereStated) {
  EXPECT_EQ(value_text_like(number_value(1.6675699), read_stated("1.500000")), "1.667570");
  EXPECT_EQ(value_text_like(number_value(19), read_stated("25")), "19");
  EXPECT_EQ(value_text_like(shape_value({1, 1, 6, 7}), read_stated("5 × 5")), "6 × 7");
}

}  // namespace
}  // namespace convscope::lesson
