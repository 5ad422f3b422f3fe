#include "app/panels/learning/direction_note.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/program/view/names.h"
#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"
#include "engine/core/number_text.h"
#include "engine/learning/direction_text.h"

namespace convscope::panels {
namespace {

// Returns the shown plane of an eigenvector, turned so that the start's error along it is positive.
Tensor kernel_of(const PanelContext& context, const DirectionBar& bar, Index row) {
  const TrainingAnalysis& analysis = *context.layer.training->analysis;
  const QuadraticLoss& loss = *analysis.loss;
  const Index n = loss.size();
  const GroupSpectrum& group =
      analysis.spectrum.groups[static_cast<std::size_t>(loss.group_of(row))];
  const double sign =
      analysis.start_along[static_cast<std::size_t>(row * n + bar.shown)] < 0.0 ? -1.0 : 1.0;
  std::vector<double> flat(static_cast<std::size_t>(loss.parameters()), 0.0);
  for (Index i = 0; i < n; ++i) {
    flat[static_cast<std::size_t>(row * n + i)] =
        sign * group.vectors[static_cast<std::size_t>(bar.shown * n + i)];
  }
  return weight_plane(loss.unflattened(flat).weight, context.layer.shown.filter,
                      context.layer.shown.slice);
}

std::string left_text(double share) {
  if (!std::isfinite(share)) return "The error along it has grown beyond all bounds.";
  const std::string side = share < 0.0 ? ", on the other side" : "";
  return "Left of the start's error along it: " + number_text(std::abs(share), 3) + side + ".";
}

std::string text_of(const PanelContext& context, const DirectionBar& bar, Index row) {
  const TrainingAnalysis& analysis = *context.layer.training->analysis;
  std::string text = "Direction " + std::to_string(bar.shown + 1);
  if (bar.last > bar.first)
    text += ", of " + std::to_string(bar.first + 1) + " to " + std::to_string(bar.last + 1) +
            " the one with most error left";
  text += ": λ = " + number_text(bar.eigenvalue, 4) + "\n";
  text +=
      direction_text(*analysis.loss, analysis.spectrum, analysis.loss->group_of(row), bar.shown) +
      "\n";
  text += left_text(bar.left);
  if (bar.predicted)
    text += " Predicted: " + number_text(*bar.predicted, 3) + ", never more than ±" +
            number_text(*bar.envelope, 3) + ".";
  return text;
}

}  // namespace

void draw_direction_note(const PanelContext& context, const DirectionBar& bar, Index row,
                         ImVec2 at) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const Tensor kernel = kernel_of(context, bar, row);
  const Shape& s = kernel.shape();
  const float side = theme.px(72.0f);
  const float cell = std::max(1.0f, std::floor(side / static_cast<float>(std::max(s.h, s.w))));
  const ImVec2 cells{cell * static_cast<float>(s.w), cell * static_cast<float>(s.h)};
  ImFont* font = theme.font.small;
  const float line = ui::font_size(font);
  const float width = theme.px(250.0f);
  const std::string text = text_of(context, bar, row);
  const std::vector<std::string_view> lines = ui::wrapped_lines(font, width, text);
  const ImVec2 pad{theme.px(10.0f), theme.px(8.0f)};
  const ImVec2 inner{cells.x + pad.x + width,
                     std::max(cells.y, line * static_cast<float>(lines.size()))};
  const ImVec2 size{inner.x + 2.0f * pad.x, inner.y + 2.0f * pad.y};
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const ImVec2 min{
      std::round(std::clamp(at.x - size.x * 0.5f, 0.0f, std::max(0.0f, display.x - size.x))),
      std::round(std::max(0.0f, at.y - size.y - theme.px(8.0f)))};
  const ImVec2 max{min.x + size.x, min.y + size.y};
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddRectFilled(min, max, theme.color.line, theme.px(5.0f));
  list->AddRectFilled({min.x + 1, min.y + 1}, {max.x - 1, max.y - 1}, theme.color.card,
                      theme.px(5.0f) - 1);
  ui::HeatmapStyle style =
      ui::style_for(kernel, 0, context.view.settings.dark(), ui::MapChoice::kDiverging);
  ui::set_grid(theme, cell, style);
  ui::draw_cells(theme, list, {min.x + pad.x, min.y + pad.y}, cell, s.h, s.w, style,
                 kernel.values());
  ImVec2 to{min.x + pad.x + cells.x + pad.x, min.y + pad.y};
  for (const std::string_view each : lines) {
    ui::draw_text(list, font, line, to, theme.color.ink, each);
    to.y += line;
  }
  ui.items.add("directions/note", min, max);
}

}  // namespace convscope::panels
