#include "app/gl/frame.h"

#include <glad/gl.h>
#include <gmock/gmock.h>

#include "app/gl/no_display.h"
#include "app/platform/egl_context.h"
#include "tests/gl/names.h"

namespace convscope::testing {
namespace {

TEST(OffscreenTarget, IsReadFromTheTopAndOpaque) {
  const platform::EglContext egl;
  const gl::OffscreenTarget target(3, 2);
  gl::begin_frame(3, 2, 0x00201008u);
  glEnable(GL_SCISSOR_TEST);
  glScissor(2, 1, 1, 1);  // OpenGL counts rows from the bottom
  glClearColor(1.0f, 1.0f, 1.0f, 0.0f);
  glClear(GL_COLOR_BUFFER_BIT);
  EXPECT_THAT(gl::read_pixels(3, 2),
              ::testing::ElementsAre(8, 16, 32, 255, 8, 16, 32, 255, 255, 255, 255, 255,  //
                                     8, 16, 32, 255, 8, 16, 32, 255, 8, 16, 32, 255));
  EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
}

TEST(OffscreenTarget, AFrameStartsEmptyWhateverWasCut) {
  const platform::EglContext egl;
  const gl::OffscreenTarget target(2, 1);
  glEnable(GL_SCISSOR_TEST);
  glScissor(0, 0, 1, 1);
  gl::begin_frame(2, 1, 0xFF0000FFu);
  EXPECT_THAT(gl::read_pixels(2, 1), ::testing::ElementsAre(255, 0, 0, 255, 255, 0, 0, 255));
}

TEST(OffscreenTarget, SaysWhatIsTooLarge) {
  const platform::EglContext egl;
  try {
    const gl::OffscreenTarget target(1000000, 1000000);
    FAIL() << "a terabyte of pixels";
  } catch (const gl::NoDisplay& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("1000000 × 1000000"));
  }
}

TEST(EglContext, CanBeMadeAgain) {
  for (int i = 0; i < 2; ++i) {
    const platform::EglContext egl;
    const gl::OffscreenTarget target(4, 4);
    gl::begin_frame(4, 4, 0xFFFFFFFFu);
    EXPECT_THAT(gl::read_pixels(4, 4), ::testing::Each(255));
  }
}

}  // namespace
}  // namespace convscope::testing
