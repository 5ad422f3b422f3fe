#include "tests/hands/random_hands.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cfloat>
#include <utility>

#include "app/files/examples.h"
#include "app/files/scene_file.h"
#include "app/files/write_file.h"
#include "engine/core/error.h"
#include "tests/app/lesson_window.h"
#include "tests/scene/bias_scene.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

namespace fs = std::filesystem;

// Values that are computed with, and products that are summed, for one evaluation of the scene: as
// far as it can be computed.
struct Weight {
  double values = 0.0;
  double products = 0.0;
};

Weight weight_of(const Scene& scene) {
  Weight weight{static_cast<double>(scene.input.tensor->numel()), 0.0};
  Shape shape = scene.input.tensor->shape();
  const auto add = [&](const ConvolutionLayer& layer) {
    weight.values += static_cast<double>(layer.kernel.weight.numel());
    const LayerArguments arguments = layer_arguments(layer.kernel, layer.conv, shape.c);
    shape = conv2d_output_shape(shape, arguments.weight.shape(), arguments.options);
    const Shape& w = arguments.weight.shape();
    weight.values += static_cast<double>(shape.numel());
    weight.products += static_cast<double>(shape.numel()) * static_cast<double>(w.c * w.h * w.w);
  };
  try {
    for (const LayerScene& layer : scene.layers)
      add(convolution(layer));
  } catch (const Error&) {  // the rest has no output
  }
  return weight;
}

// So that many frames are drawn and not much computed.
bool is_heavy(const Scene& scene) {
  const Weight weight = weight_of(scene);
  return weight.values > 60'000.0 || weight.products > 4e6 ||
         first_layer(scene).kernel.weight.numel() > 1'500;
}

std::vector<std::uint8_t> some_pixels(int count) {
  std::vector<std::uint8_t> rgba(static_cast<std::size_t>(count) * 4);
  for (std::size_t i = 0; i < rgba.size(); ++i)
    rgba[i] = i % 4 == 3 ? 255 : static_cast<std::uint8_t>(i * 37 % 251);
  return rgba;
}

}  // namespace

RandomHands::RandomHands(std::uint64_t seed, fs::path folder, const std::string& log)
    : random_(seed), folder_(std::move(folder)) {
  if (!log.empty()) log_.open(log);
  fs::current_path(folder_);
  make_files();
  start_program();
}

void RandomHands::make_files() {
  const auto add = [&](const char* name) { return files_.emplace_back(folder_ / name); };
  write_png(add("small.png"), some_pixels(5 * 7), 5, 7);
  write_png(add("wide.png"), some_pixels(40 * 12), 40, 12);
  write_png(add("same-size.png"), some_pixels(40 * 12), 40, 12);
  save_scene(with_bias(2), add("bias.json"));
  save_scene(example_scene(examples().back()), add("example.json"));
  put_text(add("broken.json"), R"({"format": "convscope-scene", "version": 1, "conv": {"a": 1}})");
  put_text(add("broken.png"), "\x89PNG\r\n\x1a\n and no more");
  put_text(add("empty.pgm"), "");
  fs::create_directory(add("folder"));
  add("missing.png");
  add("missing.json");
  put_text(add("lesson.md"), kThreeSteps);
  put_text(add("broken.md"), "# A\n\n## One\n\n{ouput.shape}\n");
}

// The context of ImGui is made new with it, as by a new process.
void RandomHands::start_program() {
  window_.reset();
  std::ranges::fill(held_, false);
  ViewSettings view;
  view.font_scale = chance(4) ? 2.0f : 1.0f;
  view.reduced_motion = chance(2);
  window_ = std::make_unique<AppHarness>(some_size(), default_scene(), view);
  window_->app().keep_unsaved_work(folder_ / "state", [] {});
  window_->app().remember_lessons(folder_ / "settings");
  window_->app().perform(TrainingCommand::kRun);
  ++starts_;
}

void RandomHands::act_for(int frames) {
  int total = 0;
  for (const Act& act : kActs)
    total += act.weight;
  int drawn = 0;
  while (drawn < frames) {
    const int before = ImGui::GetFrameCount();
    const int starts = starts_;
    if (!answers_a_dialog()) {
      int at = below(total);
      const Act* act = kActs.data();
      for (; at >= act->weight; ++act)
        at -= act->weight;
      note(act->name);
      (this->*act->perform)();
    }
    if (window_->app().wants_quit()) start_program();
    keep_it_light();
    window_->frame();
    drawn += starts == starts_ ? ImGui::GetFrameCount() - before : 1;
    if (testing::Test::HasFailure()) return;
  }
}

void RandomHands::keep_it_light() {
  App& app = window_->app();
  for (int i = 0; i < 500 && is_heavy(app.document().scene()); ++i)
    app.perform(Undo{});
  if (is_heavy(app.document().scene())) app.perform(Edit{default_scene()});
}

// Dialogs of files are never left to chance, which would roam the disk.
bool RandomHands::answers_a_dialog() {
  if (window_->has("save/path") || window_->has("open/path")) {
    const char* field = window_->has("save/path") ? "save/path" : "open/path";
    note(std::string("dialog ") + field);
    choose_file(field);
    return true;
  }
  if (window_->has("save-question/save") && chance(2)) {
    constexpr std::array kAnswers = {"save-question/save", "save-question/discard",
                                     "save-question/cancel"};
    const char* answer = one_of<const char*>(kAnswers);
    note(answer);
    let_go();
    if (window_->has(answer)) window_->click(answer);
    return true;
  }
  if (window_->has("recovery/go-on") && chance(2)) {
    constexpr std::array kAnswers = {"recovery/go-on", "recovery/discard", "recovery/later"};
    const char* answer = one_of<const char*>(kAnswers);
    note(answer);
    let_go();
    if (window_->has(answer)) window_->click(answer);
    window_->app().perform(TrainingCommand::kPause);
    window_->settle();
    EXPECT_THAT(window_->app().view().message.text,
                testing::Not(testing::HasSubstr("can't be gone on")));
    return true;
  }
  return false;
}

void RandomHands::choose_file(const char* field) {
  let_go();
  if (chance(4) || !window_->has(field)) {
    window_->key(ui::Key::kEscape);
    return;
  }
  const bool saves = std::string(field) == "save/path";
  const fs::path path =
      saves ? folder_ / ("saved" + std::to_string(below(4))) : one_of<fs::path>(files_);
  window_->click(field);
  ImGui::SetClipboardText(path.c_str());
  window_->key(ui::Key::kA, true);
  window_->key(ui::Key::kV, true);
  window_->key(ui::Key::kEnter);
  if (saves && window_->has("save/save")) window_->click("save/save");
  window_->frame(3);
  // What could not be opened or saved is said, and the dialog stays.
  if (window_->has(field)) window_->key(ui::Key::kEscape);
}

void RandomHands::come_to_rest() {
  let_go();
  App& app = window_->app();
  for (int i = 0; i < 6; ++i) {  // a popup in a popup
    window_->key(ui::Key::kEscape);
    if (window_->has("save-question/cancel")) app.perform(SaveAnswer::kCancel);
    if (app.view().settings.help) app.perform(ViewCommand::kToggleHelp);
  }
  app.perform(TrainingCommand::kPause);
  window_->settle();
}

void RandomHands::clear_the_desk() {
  come_to_rest();
  App& app = window_->app();
  ImGui::GetIO().DisplaySize = {1280, 720};
  app.perform(Edit{default_scene()});
  for (int i = 0; i < 520; ++i)
    app.perform(bias_edit(static_cast<float>(i % 7)));
  app.perform(ShowPage{Page::kKernel});
  app.perform(ViewCommand::kNormalFont);
  app.perform(TrainingCommand::kReset);
  window_->settle();
  window_->frame(60);
}

void RandomHands::note(const std::string& text) {
  if (log_.is_open()) log_ << ImGui::GetFrameCount() << " " << text << std::endl;
}

int RandomHands::below(int count) {
  return static_cast<int>(random_.next() % static_cast<std::uint64_t>(count));
}

std::string RandomHands::some_item() {
  std::vector<std::string> names;
  for (const auto& [name, rect] : window_->app().surface().items().all())
    names.push_back(name);
  if (names.empty()) return "";
  std::ranges::sort(names);
  const std::string name = one_of<std::string>(names);
  note("  at " + name);
  return name;
}

// On an item, mostly; or anywhere, beside the window too.
ImVec2 RandomHands::some_place() {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const auto between = [&](float lo, float hi) { return random_.uniform(lo, hi); };
  if (chance(40)) return {-FLT_MAX, -FLT_MAX};
  if (chance(6)) return {between(-9, display.x + 9), between(-9, display.y + 9)};
  const std::string name = some_item();
  const auto found = window_->app().surface().items().find(name);
  if (!found) return {0, 0};
  if (chance(3)) return found->center();
  return {between(found->min.x, found->max.x), between(found->min.y, found->max.y)};
}

}  // namespace convscope::program
