#include "app/panels/learning/learning_title.h"

#include <cmath>
#include <vector>

#include "app/ui/card.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "engine/core/loss_text.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"

namespace convscope::panels {
namespace {

// Returns the first text that fits, or else the last.
std::string fitting(const ui::Ui& ui, const std::vector<std::string>& texts, float room) {
  for (const std::string& text : texts) {
    if (ui::label_width(ui, text) <= room) return text;
  }
  return texts.back();
}

// "[1, −1]"; empty for more than a short row.
std::string row_text(const Tensor& weight) {
  constexpr Index kMost = 3;
  if (weight.shape().w > kMost || weight.numel() != weight.shape().w) return "";
  std::string text;
  for (const float value : weight.values())
    text += (text.empty() ? "[" : ", ") + number_text(static_cast<double>(value), 3);
  return text + "]";
}

// Returns the width between the title and the corner.
float room_of(const ui::Ui& ui, const Rect& rect, float title, float corner) {
  const float inside = rect.w - 2 * std::round(ui.theme.px(14.0f));
  return inside - title - corner - 2 * ui.theme.px(10.0f);
}

}  // namespace

std::string target_name(const Scene& scene, bool brief) {
  const LearningScene& learning = scene.learning;
  switch (learning.target) {
    case LearningTarget::kPanelKernel:
      return "the kernel above";
    case LearningTarget::kPicture:
      return brief ? "a picture" : "a picture of its own";
    case LearningTarget::kHiddenKernel:
      break;
  }
  const Shape& s = learning.hidden.shape();
  const std::string values = row_text(learning.hidden);
  if (!values.empty()) return (brief ? "hidden " : "the hidden kernel ") + values;
  std::string size = "hidden " + size_text({s.h, s.w});
  if (brief) return size;
  return "the " + size + (s.n * s.c == 1 ? " kernel" : " filters");
}

std::string progress_text(const ui::Ui& ui, const TrainingSnapshot& training, float room) {
  const auto loss = [&](int digits) { return "loss " + loss_text(training.loss, digits); };
  const std::string step = "step " + count_text(training.step) + " · ";
  return fitting(ui, {step + loss(4), step + loss(3), step + loss(2), loss(4), loss(2)}, room);
}

void begin_learning_card(const PanelContext& context, const Rect& rect, const std::string& work,
                         float corner) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  constexpr const char* kTitle = "Learning";
  const float title = ui::text_size(theme.font.title, ui::font_size(theme.font.title), kTitle).x;
  const float room = room_of(ui, rect, title, corner);
  const TrainingSnapshot* training = context.layer.training;
  const bool runs = training != nullptr && training->message.empty();
  std::string progress = work;
  if (work.empty() && runs) progress = progress_text(ui, *training, room);
  const std::string target = target_name(context.layer.scene, false);
  const std::string whole = target + (progress.empty() ? "" : " · " + progress);
  if (ui::label_width(ui, whole) <= room) {
    ui::begin_card(ui, "card/learning", rect.min(), rect.size(), kTitle, whole, corner);
    return;
  }
  ui::begin_card(ui, "card/learning", rect.min(), rect.size(), kTitle, "", corner);
  const std::string brief = target_name(context.layer.scene, true);
  ImFont* font = theme.font.small;
  const float size = ui::font_size(font);
  const ImVec2 corner_at = ImGui::GetWindowPos();
  // Aligns both with the title, since a line's box has some room above its letters.
  ImVec2 at{std::round(corner_at.x + title + theme.px(10.0f)),
            corner_at.y - std::round(theme.px(3.0f))};
  const auto line = [&](const char* name, const std::string& text) {
    const std::string shown = ui::elided(font, text, room);
    ui::draw_text(ImGui::GetWindowDrawList(), font, size, at, theme.color.muted, shown);
    ui.items.add(name, at, {at.x + ui::label_width(ui, text), at.y + size});
    at.y += std::round(theme.px(16.0f));
  };
  line("learning/target-name", fitting(ui, {target, brief}, room));
  if (!progress.empty()) line("learning/progress", progress);
}

}  // namespace convscope::panels
