// A stroke on a photograph, from the pointer to the textures: every station takes up the cells that
// the stroke says it changes, and none compares values to find out.
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "app/gl/heatmap_painter.h"
#include "app/platform/offscreen.h"
#include "app/program/app.h"
#include "app/scene/input_change.h"
#include "app/ui/imgui_shim.h"
#include "engine/kernel_info/kernels.h"
#include "tests/gl/names.h"

namespace convscope::testing {
namespace {

// The painter on the GPU, and by which key it knows the view of a tensor.
class WatchedPainter : public ui::HeatmapPainter {
 public:
  ImTextureID paint(ImGuiID key, const ui::HeatmapPicture& picture, const ui::HeatmapStyle& style,
                    const ui::HeatmapCrop& crop) override {
    keys_[picture.values.tensor] = key;
    return painter_.paint(key, picture, style, crop);
  }
  void end_frame() override { painter_.end_frame(); }
  Index uploaded_cells(const Tensor& tensor) const {
    return static_cast<Index>(painter_.uploaded_bytes(keys_.at(&tensor)) / sizeof(float));
  }
  float shown_value(const Tensor& tensor, Yx cell) const {
    return painter_.read_values(
        keys_.at(&tensor))[static_cast<std::size_t>(cell.y * tensor.shape().w + cell.x)];
  }

 private:
  gl::HeatmapPainter painter_;
  std::map<const Tensor*, ImGuiID> keys_;
};

Index area(const CellRect& cells) {
  return cells.height() * cells.width();
}

// What is known and shown of the three planes.
struct Planes {
  TensorPtr input, output, pooled;
  Index uploaded_input = 0, uploaded_output = 0, uploaded_pooled = 0;
};

// The program with an input of ones.
class Program {
 public:
  explicit Program(Yx size) : app_(painter_, [] {}, scene_of(size), {.reduced_motion = true}) {
    settle();
  }
  App& app() { return app_; }
  const Tensor& input() const { return *app_.document().scene().input.tensor; }
  float shown_value(const Tensor& tensor, Yx cell) const {
    return painter_.shown_value(tensor, cell);
  }
  Planes planes() const {
    const LayerResults& results = app_.live().results()->layers[0];
    Planes now{app_.document().scene().input.tensor, results.output, pooled_values(results)};
    now.uploaded_input = painter_.uploaded_cells(*now.input);
    now.uploaded_output = painter_.uploaded_cells(*now.output);
    now.uploaded_pooled = painter_.uploaded_cells(*now.pooled);
    return now;
  }
  void frames(int count = 1) {
    for (int i = 0; i < count; ++i)
      surface_.frame(app_);
  }
  void settle() {
    app_.settle();
    frames(3);
  }
  Yx point_at(ImVec2 position) {
    ui::inject_mouse_pos(ImGui::GetIO(), position);
    frames(3);
    EXPECT_TRUE(app_.view().links.input.has_value());
    return app_.view().links.input.value_or(Yx{});
  }

 private:
  static Scene scene_of(Yx size) {
    Scene scene = default_scene();
    scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, size.y, size.x}, 1.0f);
    first_layer(scene).kernel.weight = make_kernel("sharpen", {3, 3}, 0);
    return scene;
  }

  platform::Offscreen surface_{{1280, 720}};
  WatchedPainter painter_;
  App app_;
};

// `cells` of the input is what the stroke states; the kernel and the pooling window reach
// further.
void expect_taken_up(const Planes& before, const Planes& now, const CellRect& cells) {
  const CellRect output{cells.top - 2, cells.left - 2, cells.bottom, cells.right};
  const CellRect pooled{output.top / 2, output.left / 2, (output.bottom - 1) / 2 + 1,
                        (output.right - 1) / 2 + 1};
  EXPECT_EQ(now.input.changed_since(before.input), cells);
  EXPECT_EQ(now.output.changed_since(before.output), output);
  EXPECT_EQ(now.pooled.changed_since(before.pooled), pooled);
  EXPECT_EQ(now.uploaded_input - before.uploaded_input, area(cells));
  EXPECT_EQ(now.uploaded_output - before.uploaded_output, area(output));
  EXPECT_EQ(now.uploaded_pooled - before.uploaded_pooled, area(pooled));
}

// All cells of the strokes but one have the brush's value already. Whoever compared would find that
// one cell.
TEST(Stroke, IsTakenUpInTheCellsThatItStatesFromThePointerToTheTextures) {
  Program program({1000, 1000});
  const auto plane = program.app().surface().items().find("input/plane");
  ASSERT_TRUE(plane.has_value());
  const ImVec2 start = plane->center();
  const ImVec2 end{start.x + 9.0f, start.y + 5.0f};
  const Yx to = program.point_at(end);
  const Yx from = program.point_at(start);
  program.app().perform(cell_change(0, to, 0.25f));
  program.settle();
  program.app().perform(ViewCommand::kToggleBrush);
  const Planes before = program.planes();
  ui::inject_mouse_button(ImGui::GetIO(), 0, true);
  program.frames(2);
  program.point_at(end);
  ui::inject_mouse_button(ImGui::GetIO(), 0, false);
  program.frames(2);
  program.settle();
  ASSERT_EQ(program.input().at(to.y, to.x), 1.0f);
  expect_taken_up(before, program.planes(), {from.y, from.x, to.y + 1, to.x + 1});
}

TEST(Stroke, OnAPhotographIsTakenUpInTheCellsThatItStatesAndSoIsItsUndo) {
  Program program({1080, 1920});
  program.app().perform(cell_change(0, {505, 725}, 0.25f));
  program.settle();
  const Planes before = program.planes();
  program.app().perform(paint_change({.from = {500, 700}, .to = {505, 725}, .size = 3}, false));
  program.settle();
  const Planes after = program.planes();
  const CellRect cells{499, 699, 507, 727};
  expect_taken_up(before, after, cells);
  program.app().perform(Undo{});
  program.settle();
  EXPECT_EQ(program.input().at(505, 725), 0.25f);
  expect_taken_up(after, program.planes(), cells);
  EXPECT_EQ(program.planes().input, before.input);
}

// A cell that changes behind everybody's back: whoever looked at all values would see it.
TEST(Stroke, NoStationLooksAtWhatIsOutsideTheStatedCells) {
  Program program({1080, 1920});
  const Planes before = program.planes();
  const CellRect stated{400, 700, 416, 716};
  const Yx unstated{900, 1500};
  InputChange change = paint_change({.from = {405, 706}, .to = {405, 706}, .value = 3.0f}, false);
  change.cells = stated;
  change.in_place = [&, paint = change.in_place](Tensor& tensor) {
    tensor.at(unstated.y, unstated.x) = 9.0f;
    return paint(tensor);
  };
  program.app().perform(change);
  program.settle();
  const Planes now = program.planes();
  expect_taken_up(before, now, stated);
  EXPECT_NE(now.output->at(404, 705), before.output->at(404, 705));
  EXPECT_EQ(program.shown_value(*now.output, {404, 705}), now.output->at(404, 705));
  EXPECT_EQ(program.shown_value(*now.input, {405, 706}), 3.0f);
  EXPECT_EQ(now.input->at(unstated.y, unstated.x), 9.0f);
  EXPECT_EQ(program.shown_value(*now.input, unstated), 1.0f);
}

}  // namespace
}  // namespace convscope::testing
