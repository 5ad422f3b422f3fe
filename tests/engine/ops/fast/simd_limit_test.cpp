#include "engine/ops/simd_limit.h"

#include <gmock/gmock.h>

#include <stdexcept>
#include <string>

#include "engine/ops/fast/pool_kernels.h"

namespace convscope::engine {
namespace {

TEST(SimdLimit, TheKernelsUseWhatItLeaves) {
  const std::string best = simd_names().front();
  const Index floats = fast::pool_lanes();
  if (best == "avx512") {
    EXPECT_EQ(floats, 16);
  } else if (best == "avx2") {
    EXPECT_EQ(floats, 8);
  } else if (best == "sse4" || best == "ssse3" || best == "sse2") {
    EXPECT_EQ(floats, 4);
  } else {
    EXPECT_GE(floats, 1);
  }
}

TEST(SimdLimit, AnUnknownNameIsToldWithThoseThatAre) {
  const auto call = [] { limit_simd("avx9"); };
  EXPECT_THAT(call, testing::ThrowsMessage<std::invalid_argument>(testing::AllOf(
                        testing::HasSubstr("is \"avx9\"; on this processor it must be one of \""),
                        testing::HasSubstr('"' + simd_names().front() + '"'))));
}

}  // namespace
}  // namespace convscope::engine
