// bench_ui_frame [repetitions]: how long the UI thread's frames take while the sums of the learning
// (A and b) are made on their worker, for 1920 x 1080 and a 7 x 7 kernel. The whole program in
// process, without a window; what the GPU would draw is left out.
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "app/program/app.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"
#include "tests/bench/names.h"

namespace convscope::bench {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

class NoPainter : public ui::HeatmapPainter {
 public:
  ImTextureID paint(ImGuiID, const ui::HeatmapPicture&, const ui::HeatmapStyle&,
                    const ui::HeatmapCrop&) override {
    return {};
  }
};

void frame(App& app) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  if (app.prepare(1.0f, static_cast<int>(size.x), static_cast<int>(size.y))) {
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  }
  ImGui::NewFrame();
  app.frame();
  ImGui::Render();
}

struct Measured {
  std::vector<double> frames;  // ms
  double building = 0.0;       // ms until the new problem is there
};

// Replaces the input and draws frames until it is learned from.
void measure(App& app, std::uint64_t seed, Measured& result) {
  InputScene input;
  input.name = "noise";
  input.seed = seed;
  input.tensor = std::make_shared<const Tensor>(make_pattern("noise", {1080, 1920}, seed));
  const TrainingSnapshotPtr before = app.live().training().snapshot;
  const Clock::time_point begin = Clock::now();
  for (bool first = true; app.live().training().snapshot == before; first = false) {
    const Clock::time_point start = Clock::now();
    if (first) app.perform(Edit{input});
    frame(app);
    result.frames.push_back(milliseconds_since(start));
  }
  result.building += milliseconds_since(begin);
  for (int i = 0; i < 10; ++i) {
    const Clock::time_point start = Clock::now();
    frame(app);
    result.frames.push_back(milliseconds_since(start));
  }
  app.settle();
}

void run(int repetitions) {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {1920, 1080};
  io.DeltaTime = 1.0f / 60.0f;
  ui::prepare_keys(io);
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = random_weight({1, 1, 7, 7}, 1);
  scene.learning.hidden = random_weight({1, 1, 7, 7}, 2);
  scene.learning.reduction = Reduction::kMean;
  NoPainter painter;
  App app(
      painter, [] {}, scene);
  app.settle();
  for (int i = 0; i < 6; ++i)
    frame(app);
  Measured all;
  for (int i = 0; i < repetitions; ++i)
    measure(app, static_cast<std::uint64_t>(i) + 1, all);
  std::ranges::sort(all.frames);
  std::printf(
      "1920 x 1080, 7 x 7: A was there after %.0f ms; of %zu frames the median took %.2f ms, the "
      "longest %.2f ms (wanted: below 16 ms)\n",
      all.building / repetitions, all.frames.size(), all.frames[all.frames.size() / 2],
      all.frames.back());
}

}  // namespace
}  // namespace convscope::bench

int main(int argc, char** argv) {
  ImGuiContext* context = ImGui::CreateContext();
  convscope::bench::run(std::max(1, argc > 1 ? std::atoi(argv[1]) : 10));
  ImGui::DestroyContext(context);
  return 0;
}
