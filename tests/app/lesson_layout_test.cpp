// A lesson beside the page: nothing is cut, and what has no room gives way.
#include "app/panels/lesson/text_flow.h"
#include "tests/app/lesson_window.h"

namespace convscope::program {
namespace {

using ui::Key;

struct Size {
  ImVec2 display;
  float font_scale;
};

class LessonLayout : public testing::TestWithParam<Size> {};

bool within(const ui::ItemRegistry::Rect& inner, const ui::ItemRegistry::Rect& outer) {
  return inner.min.x >= outer.min.x - 0.5f && inner.max.x <= outer.max.x + 0.5f &&
         inner.min.y >= outer.min.y - 0.5f && inner.max.y <= outer.max.y + 0.5f;
}

bool apart(const ui::ItemRegistry::Rect& a, const ui::ItemRegistry::Rect& b) {
  return a.max.x <= b.min.x + 0.5f || b.max.x <= a.min.x + 0.5f || a.max.y <= b.min.y + 0.5f ||
         b.max.y <= a.min.y + 0.5f;
}

void expect_nothing_cut(const LessonWindow& h, ImVec2 display) {
  const ui::ItemRegistry::Rect window{{0, 0}, display};
  const auto panel = h.rect("lesson");
  EXPECT_TRUE(within(panel, window));
  for (const char* part : {"lesson/heading", "lesson/next", "lesson/previous", "lesson/dots",
                           "lesson/contents", "lesson/hide", "lesson/text"}) {
    ASSERT_TRUE(h.has(part)) << part;
    EXPECT_TRUE(within(h.rect(part), panel)) << part;
  }
  EXPECT_TRUE(apart(h.rect("lesson/contents"), h.rect("lesson/hide")));
  EXPECT_TRUE(apart(h.rect("lesson/dots"), h.rect("lesson/next")));
  EXPECT_GT(h.rect("lesson/text").max.y - h.rect("lesson/text").min.y,
            2 * ui::font_size(h.app().surface().theme().font.body))
      << "there is room for text";
  std::vector<std::string> cards;
  for (const auto& [name, rect] : h.app().surface().items().all()) {
    if (name.starts_with("lesson/control/") || name.starts_with("lesson/question/")) {
      EXPECT_GE(rect.min.x, panel.min.x) << name;
      EXPECT_LE(rect.max.x, panel.max.x) << name;
    }
    if (!name.starts_with("card/") && name != "explanation" && name != "inspector") continue;
    EXPECT_TRUE(within(rect, window)) << name;
    EXPECT_TRUE(apart(rect, panel)) << name;
    cards.push_back(name);
  }
  for (const std::string& a : cards)
    for (const std::string& b : cards)
      EXPECT_TRUE(a == b || apart(h.rect(a), h.rect(b))) << a << " and " << b;
}

TEST_P(LessonLayout, NothingIsCutInAnyStep) {
  const Size& size = GetParam();
  for (const char* name : {"1", "4"}) {
    ViewSettings view;
    view.font_scale = size.font_scale;
    LessonWindow h(shipped_lesson(name), 0, size.display, view);
    for (std::size_t i = 0; i < h.lectern().lesson().steps.size(); ++i) {
      h.app().perform(GoToStep{i});
      // The lower row scrolls where it has no room, so that its cards are cut; a reader has it
      // folded away at first.
      if (h.app().view().cards().lower_open) h.app().perform(ViewCommand::kToggleLowerRow);
      h.settle();
      SCOPED_TRACE(std::string("lesson ") + name + ", step " + std::to_string(i + 1));
      expect_nothing_cut(h, size.display);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, LessonLayout,
                         testing::Values(Size{{1280, 720}, 1.0f}, Size{{1920, 1080}, 1.0f},
                                         Size{{1024, 768}, 1.0f}, Size{{800, 600}, 1.0f},
                                         Size{{1280, 720}, 0.6f}, Size{{1280, 720}, 1.4f},
                                         Size{{1280, 720}, 2.0f}, Size{{1280, 720}, 3.0f},
                                         Size{{640, 480}, 1.0f}));

TEST(LessonPanel, StandsBesideThePageInUsualWindowsAndAloneInNarrowOnes) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1024, 768}, ImVec2{800, 600}}) {
    LessonWindow h(lesson_from(kThreeSteps), 0, size);
    EXPECT_TRUE(h.has("card/output")) << size.x;
    EXPECT_LT(h.rect("lesson").max.x, size.x * 0.45f);
  }
  ViewSettings large;
  large.font_scale = 3.0f;
  LessonWindow h(lesson_from(kThreeSteps), 0, {1280, 720}, large);
  EXPECT_EQ(h.rect("lesson").max.x, 1280.0f);
  EXPECT_FALSE(h.has("card/output"));
  h.key(Key::kF2);
  h.settle();
  EXPECT_FALSE(h.has("lesson"));
  EXPECT_TRUE(h.has("card/output"));
}

TEST(LessonPanel, IsNeverDraggedSoWideThatThePageHasNoRoom) {
  LessonWindow h;
  const auto edge = h.rect("lesson/edge");
  h.drag(edge.center(), {1270.0f, edge.center().y});
  h.frame(2);
  EXPECT_TRUE(h.has("card/output"));
  expect_nothing_cut(h, {1280, 720});
  h.drag(h.rect("lesson/edge").center(), {5.0f, edge.center().y});
  h.frame(2);
  expect_nothing_cut(h, {1280, 720});
}

TEST(LessonPanel, ItsTextFollowsTheSizeOfType) {
  LessonWindow h;
  const auto before = h.rect("lesson/heading");
  h.app().perform(ViewCommand::kLargerFont);
  h.app().perform(ViewCommand::kLargerFont);
  h.frame(3);
  const auto after = h.rect("lesson/heading");
  EXPECT_GT(after.max.y - after.min.y, before.max.y - before.min.y);
}

TEST(LessonPanel, MessagesAndToastsStandOverThePage) {
  LessonWindow h;
  h.app().perform(ShowMessage{"A message.", false});
  h.app().perform(Tell{.text = "Something was done."});
  h.frame(3);
  EXPECT_GE(h.rect("message/close").min.x, h.rect("lesson").max.x);
  EXPECT_GE(h.rect("toast").min.x, h.rect("lesson").max.x);
}

// "3 / × 3" over a line's end reads as two things.
TEST(LessonLayout, TheNumbersAroundACrossKeepTogether) {
  LessonWindow h(
      lesson_from("# A\n\n## One\n\nA kernel of 3 × 3 over an input of 10 × 12 gives an output of "
                  "{output.shape}, or 2 × {output.shape} rows.\n"));
  const ui::Theme& theme = h.app().surface().theme();
  const panels::TextFonts fonts = panels::text_fonts(theme, false);
  const auto word = [](const lesson::TextRun&) { return std::string("32 × 7 × 64 × 64"); };
  for (const float width : {180.0f, 200.0f, 230.0f, 260.0f, 300.0f, 340.0f, 380.0f, 420.0f}) {
    const panels::Flow flow =
        panels::flow_text(theme, fonts, h.lectern().step().blocks[0].runs, theme.px(width), word);
    for (std::size_t i = 0; i < flow.pieces.size(); ++i) {
      const panels::FlowPiece& piece = flow.pieces[i];
      EXPECT_LE(piece.at.x + piece.width, theme.px(width) + 0.5f) << piece.text;
      if (i == 0 || piece.at.y == flow.pieces[i - 1].at.y) continue;
      EXPECT_FALSE(piece.text.starts_with("×")) << width;
      EXPECT_FALSE(flow.pieces[i - 1].text.ends_with("×")) << width;
    }
  }
}

TEST(LessonText, AValueThatDiffersHasOneMarkInEachOfItsLines) {
  LessonWindow h(lesson_from(
      "# A\n\n## One\n\n```scene\nfirst-sum\n```\n\nThe sum is {output[0, 0].terms = 3}.\n"));
  const std::string mark = "lesson/mark/output[0, 0].terms/";
  int lines = 0;
  float bottom = 0.0f;
  for (; h.has(mark + std::to_string(lines)); ++lines) {
    const auto part = h.rect(mark + std::to_string(lines));
    EXPECT_GT(part.max.y, bottom) << "each stands in a line of its own";
    bottom = part.max.y;
    EXPECT_TRUE(h.draws_color(h.app().surface().theme().color.warn, mark + std::to_string(lines)));
  }
  EXPECT_GE(lines, 2);
}

TEST(LessonText, ALongTitleHasTwoLinesAndTheRestUnderThePointer) {
  const std::string title =
      "What a stride leaves out, and what a padding adds to it, in one and in two dimensions";
  LessonWindow h(lesson_from("# " + title + "\n\n## One\n\nText.\n"));
  EXPECT_THAT(drawn_text(), testing::HasSubstr("What a stride leaves out,"));
  EXPECT_THAT(drawn_text(), testing::Not(testing::HasSubstr(title)));
  EXPECT_THAT(drawn_text(), testing::HasSubstr("…"));
  EXPECT_TRUE(apart(h.rect("lesson/title"), h.rect("lesson/heading")));
  h.hover("lesson/title");
  EXPECT_THAT(drawn_text(), testing::HasSubstr("in one and in two dimensions"));
}

}  // namespace
}  // namespace convscope::program
