#include "app/panels/learning/rate_controls.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/panels/learning/learning_words.h"
#include "app/panels/learning/present_rate.h"
#include "app/session/rate_verdict.h"
#include "app/ui/buttons.h"
#include "app/ui/fields.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/rate_slider.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

using ui::EditEvent;
using ui::Palette;

constexpr const char* kBestRate = "Best rate";
constexpr const char* kBest = "Best";

// Says what each zone of the slider is.
std::string zones_text(const KnownRates& known) {
  const MomentumRates& r = known.rates;
  const std::string calm = ui::rate_text(r.calm);
  const std::string best = ui::rate_text(r.best);
  const std::string cliff = ui::rate_text(r.stable);
  if (known.plain())
    return "Plain gradient descent converges without swinging up to a rate of " + calm +
           ", fastest at " + best + ", oscillates while converging up to " + cliff +
           ", and diverges beyond.";
  return "With β = " + number_text(known.momentum.beta, 4) + " nothing rings up to a rate of " +
         calm + "; it rings while converging up to " + cliff + ", fastest at " + best +
         ", and diverges beyond.";
}

// The slider's range and colours: a decade or two around the cliff, and the rate itself.
void set_zones(const KnownRates& known, double rate, ui::RateSliderArgs& args) {
  constexpr double kLeast = 1e-4;  // of the cliff
  const MomentumRates& r = known.rates;
  // The best rate of plain gradient descent swings a little too, and is no warning.
  args.zones = {known.plain() ? r.best : r.calm, r.stable, r.best};
  const double calm = known.plain() ? r.stable * 0.02 : std::max(r.calm * 0.5, r.stable * kLeast);
  args.lo = std::min({rate, r.stable * 0.02, calm});
  args.hi = std::max(rate, r.stable * 3.0);
}

// Draws the verdict below the rate, always in the same place.
void draw_verdict(const PanelContext& context, ImVec2 at, float width) {
  ui::Ui& ui = context.ui;
  const std::optional<KnownRates> known = present_rates(context);
  const float rate = present_rate(context);
  const RateVerdict verdict = rate_verdict(known, rate, context.layer.training);
  if (verdict.text.empty()) return;
  const Palette& c = ui.theme.color;
  const ImU32 color = verdict.kind == RateVerdict::Kind::kGood   ? c.good
                      : verdict.kind == RateVerdict::Kind::kWarn ? c.warn
                                                                 : c.bad;
  ImFont* font = ui.theme.font.small;
  const float size = ui::font_size(font);
  const ImVec2 extent = ui::wrapped_text_size(font, size, width, verdict.text);
  ImGui::GetWindowDrawList()->AddText(font, size, at, ui::legible(color, c), verdict.text.c_str(),
                                      nullptr, width);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy(extent);
  ui.items.add_last("learning/verdict");
  if (known)
    ui::tooltip(
        ui, zones_text(*known) + "\n" + rate_reason(*known, static_cast<double>(rate)).sentence);
}

// Explains the slider, which was drawn last, or the mark below it that the pointer is over.
void explain_slider(ui::Ui& ui, const std::optional<KnownRates>& known) {
  const auto over = [&](const char* mark) {
    const auto found = ui.items.find(mark);
    return found && ImGui::IsMouseHoveringRect(found->min, found->max);
  };
  const bool plain = !known || known->plain();
  const bool best = over("learning/rate/best");
  const bool cliff = over("learning/rate/cliff");
  ui::tooltip(ui, best    ? (plain ? kBestRateWords : kBestMomentumRateWords)
                  : cliff ? (plain ? kCliffWords : kMomentumCliffWords)
                          : kRateWords);
}

}  // namespace

void draw_rate(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  float rate = present_rate(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // The number stands at the height of the track, because the slider may have labels below it.
  const float track = ui::rate_slider_height(ui, {});
  ImGui::SetCursorScreenPos({at.x, at.y - (ui::row_height(ui) - track) * 0.5f});
  ui::text(ui, rate_name(context), ui.theme.font.body, ui.theme.color.ink);
  ui.items.add_last("learning/rate-name");
  ui::tooltip(ui, "the rate is " + number_text(static_cast<double>(rate), 6));
  // The slider begins at the same position whatever the number.
  ImFont* body = ui.theme.font.body;
  const float column = ui::text_size(body, ui::font_size(body), "rate 8.88×10⁻¹⁰").x;
  draw_verdict(context, {at.x, at.y + track}, column);
  ImGui::SetCursorScreenPos({std::round(at.x + column + ui.theme.px(10.0f)), at.y});
  ui::RateSliderArgs args;
  args.id = "learning/rate";
  args.width = ImGui::GetContentRegionAvail().x;
  args.lo = 1e-8;
  const std::optional<KnownRates> known = present_rates(context);
  if (known) set_zones(*known, static_cast<double>(rate), args);
  if (const EditEvent event = ui::rate_slider(ui, args, rate)) {
    LearningScene learning = context.layer.scene.learning;
    take_rate(context, static_cast<double>(rate), learning);
    context.actions.edit(std::move(learning), event.continues);
  }
  explain_slider(ui, known);
}

bool has_momentum(const PanelContext& context) {
  const OptimizerKind kind = context.layer.scene.learning.optimizer;
  return kind == OptimizerKind::kMomentum || kind == OptimizerKind::kNesterov;
}

void draw_momentum(const PanelContext& context, float width) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.layer.scene.learning;
  ui::FieldOptions options;
  options.limits = {0.0, kMaxMomentum, 0.01};
  options.tooltip = kMomentumWords;
  options.width = width;
  if (const EditEvent event =
          ui::float_field(ui, "learning/momentum", "β", learning.tuning.momentum, options))
    context.actions.edit(std::move(learning), event.continues);
}

void draw_optimizer(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.layer.scene.learning;
  constexpr std::array kOptimizers = {"SGD", "momentum", "Nesterov", "Adam"};
  auto kind = static_cast<int>(learning.optimizer);
  if (ui::combo(ui, "learning/optimizer", kOptimizers, kind)) {
    learning.optimizer = static_cast<OptimizerKind>(kind);
    context.actions.edit(learning);
  }
  ui::tooltip(ui, learning.optimizer == OptimizerKind::kAdam
                      ? kAdamWords
                      : "PyTorch's optimizers, with its settings where Setup… has no others");
  if (!has_momentum(context)) return;
  ImGui::SameLine(0.0f, ui.theme.px(6.0f));
  // As wide as three digits, so that 0.999 is not rounded to 1, which is no momentum.
  ImFont* body = ui.theme.font.body;
  const float widest = ui::text_size(body, ui::font_size(body), "0.888").x;
  draw_momentum(context, std::ceil(widest + ui.theme.px(10.0f)));
}

void draw_best_rate(const PanelContext& context) {
  const std::optional<KnownRates> known = present_rates(context);
  if (!known) return;
  const char* words = known->plain() ? kBestRateWords : kBestMomentumRateWords;
  const float room = ImGui::GetContentRegionAvail().x;
  const bool whole = known->plain() || ui::button_width(context.ui, kBestRate) <= room;
  const char* label = whole ? kBestRate : kBest;
  if (!whole && ui::button_width(context.ui, kBest) > room) {
    ImGui::Dummy({0.0f, ui::row_height(context.ui)});
    return;
  }
  if (ui::button(context.ui, "learning/best-rate", label, {.tooltip = words})) {
    LearningScene learning = context.layer.scene.learning;
    take_rate(context, known->rates.best, learning);
    context.actions.edit(learning);
  }
}

}  // namespace convscope::panels
