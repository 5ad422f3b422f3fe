#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/program/app.h"
#include "app/program/view/look.h"
#include "tests/input_driver.h"
#include "tests/ui/recording_painter.h"

namespace convscope::program {

// Runs the whole program in this process, without window or OpenGL, with injected input.
class AppHarness : public InputDriver {
 public:
  explicit AppHarness(ImVec2 size = {1280, 720}, Scene scene = default_scene(),
                      ViewSettings view = {})
      : InputDriver(size),
        app_(
            painter_, [] {}, scene, unfolded(std::move(view), scene.look)) {
    settle();
    frame(3);
  }

  App& app() { return app_; }
  const App& app() const { return app_; }

  // Returns the heatmaps of the last frame.
  const std::vector<ui::RecordingPainter::Call>& painted() const { return painter_.calls; }
  // Returns what the heatmap of `tensor` drew in the last frame.
  ui::HeatmapPicture painted(const Tensor& tensor) const {
    for (const auto& call : painter_.calls) {
      if (call.picture.values.tensor == &tensor) return call.picture;
    }
    ADD_FAILURE() << "no heatmap of this tensor was drawn";
    return {};
  }
  // Returns the number of cells uploaded so far for the heatmap of `tensor`.
  Index uploaded(const Tensor& tensor) const { return painter_.uploaded(tensor); }

  // Computes, takes up and draws everything that is pending.
  void settle() {
    app_.settle();
    frame(3);
  }
  // Takes the brush for the input.
  void take_brush() { key(ui::Key::kE); }
  // Waits until the run of learning has paused by itself, and draws what is pending.
  void settle_run() {
    settle();
    while (app_.live().training().snapshot->state == TrainingState::kRunning)
      frame();
    settle();
  }
  ImVec2 input_cell(Index y, Index x) const {
    const Shape& s = app_.document().scene().input.tensor->shape();
    return cell("input", y, x, s.h, s.w);
  }
  // Types a number into a field that opens with a double click.
  void enter(const std::string& field, const std::string& number) {
    double_click(field);
    frame(2);
    type(number);
    key(ui::Key::kEnter);
    settle();
  }

 protected:
  void draw_frame() override {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    if (app_.prepare(1.0f, static_cast<int>(size.x), static_cast<int>(size.y))) make_font_pixels();
    painter_.calls.clear();
    ImGui::NewFrame();
    app_.frame();
    ImGui::Render();
  }
  // Selects the card whose controls the inspector is to have.
  void reveal(const std::string& name) override {
    if (const std::optional<Card> card = card_of(name)) app_.perform(SelectCard{*card});
    frame(2);
  }
  const ui::ItemRegistry& drawn_items() const override { return app_.surface().items(); }

 private:
  // The lower row is there from the start: most tests are not about folding it.
  static ViewSettings unfolded(ViewSettings view, const SceneLook& look) {
    if (look != SceneLook{}) show_look(look, view);
    view.kernel_cards.lower_open = true;
    view.layers_cards.lower_open = true;
    return view;
  }
  std::optional<Card> card_of(const std::string& name) const {
    const bool layers = app_.view().settings.page == Page::kLayers;
    const std::pair<const char*, Card> cards[] = {
        {"input/", Card::kInput},      {"kernel/", Card::kKernel},
        {"output/", Card::kOutput},    {"conv/", layers ? Card::kChain : Card::kOutput},
        {"stack/", Card::kLayerInput}, {"pool/", layers ? Card::kChain : Card::kPooled},
        {"layer/", Card::kFilters},    {"maps/", Card::kMaps},
        {"chain/", Card::kChain},      {"loss/", Card::kLoss},
        {"learned/", Card::kLearned},  {"error/", Card::kError}};
    for (const auto& [prefix, card] : cards) {
      if (name.rfind(prefix, 0) == 0) return card;
    }
    return std::nullopt;
  }

  ui::RecordingPainter painter_;
  App app_;
};

}  // namespace convscope::program
