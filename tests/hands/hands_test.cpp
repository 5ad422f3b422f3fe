// Random hands on the whole program in process, and what must hold when they rest.
//   CONVSCOPE_HANDS_FRAMES=100000 CONVSCOPE_HANDS_SEED=7 hands_test
// is a long run; CONVSCOPE_HANDS_LOG=FILE has what they did, to the last act before a crash.
#include <gmock/gmock.h>
#include <malloc.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>

#include "app/files/scene_file.h"
#include "tests/hands/random_hands.h"
#include "tests/sanitizers.h"
#include "tests/temp_folder.h"

#if CONVSCOPE_ADDRESS_SANITIZER
// Of the sanitizer's own header, which GCC comes without.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace convscope::program {
namespace {

constexpr int kFrames = 2'000;
constexpr std::size_t kMaxHistory = 600;  // steps of undo, and more than are kept

struct Memory {
  std::size_t resident = 0;   // bytes of the process
  std::size_t allocated = 0;  // of these by the program, now
};

Memory memory_now() {
  Memory memory;
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  memory.resident = pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
#if CONVSCOPE_ADDRESS_SANITIZER
  memory.allocated = __sanitizer_get_current_allocated_bytes();
#else
  const struct mallinfo2 info = mallinfo2();
  memory.allocated = info.uordblks + info.hblkhd;
#endif
  return memory;
}

// What freed memory the allocator keeps for later; a sanitizer keeps more of it, to find its use.
#if CONVSCOPE_ADDRESS_SANITIZER
constexpr std::size_t kKept = std::size_t{512} << 20;
#else
constexpr std::size_t kKept = std::size_t{64} << 20;
#endif

// The bits, NaN too.
bool same(const Tensor* a, const Tensor* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->shape() == b->shape() &&
         std::memcmp(a->data(), b->data(), a->values().size_bytes()) == 0;
}

void expect_same(const LayerResults& shown, const LayerResults& fresh, const std::string& layer) {
  EXPECT_TRUE(shown.exact) << layer;
  EXPECT_TRUE(same(shown.output.get(), fresh.output.get())) << layer;
  EXPECT_TRUE(same(shown.activated.get(), fresh.activated.get())) << layer;
  EXPECT_EQ(shown.output_error, fresh.output_error) << layer;
  EXPECT_EQ(shown.pooled_error, fresh.pooled_error) << layer;
  ASSERT_EQ(shown.pooled == nullptr, fresh.pooled == nullptr) << layer;
  if (!shown.pooled) return;
  EXPECT_TRUE(same(&shown.pooled->output, &fresh.pooled->output)) << layer;
  EXPECT_EQ(shown.pooled->indices, fresh.pooled->indices) << layer;
}

// As their files have them.
void expect_equal(const Scene& a, const Scene& b) {
  EXPECT_TRUE(a == b) << scene_text(a, "a.json") << scene_text(b, "b.json");
}

// What is shown is what the scene gives, however it came about.
void expect_fresh_results(const App& app) {
  ASSERT_NE(app.live().results(), nullptr);
  Scene evaluated = app.live().results()->scene;
  // Saving, which keeps how the scene is shown, evaluates nothing.
  evaluated.file = app.document().scene().file;
  evaluated.look = app.document().scene().look;
  expect_equal(evaluated, app.document().scene());
  const Results fresh = evaluate(app.document().scene());
  ASSERT_EQ(app.live().results()->layers.size(), fresh.layers.size());
  for (std::size_t i = 0; i < fresh.layers.size(); ++i)
    expect_same(app.live().results()->layers[i], fresh.layers[i], "layer " + std::to_string(i + 1));
}

// The scenes that so many of them lead through, each once where it stays.
std::vector<Scene> scenes_along(App& app, const Action& action) {
  std::vector<Scene> scenes{app.document().scene()};
  for (std::size_t i = 0; i < kMaxHistory; ++i) {
    app.perform(action);
    if (scenes.back() != app.document().scene()) scenes.push_back(app.document().scene());
  }
  return scenes;
}

void expect_undo_and_redo_lead_back(AppHarness& window) {
  App& app = window.app();
  scenes_along(app, Redo{});  // what the hands have taken back
  const std::vector<Scene> back = scenes_along(app, Undo{});
  std::vector<Scene> forth = scenes_along(app, Redo{});
  std::ranges::reverse(forth);
  EXPECT_TRUE(back == forth) << back.size() << " scenes back, " << forth.size() << " forth";
  window.settle();
}

// Whatever can be made can be saved, and is the same when it is opened.
void expect_it_can_be_saved(const App& app, const TempFolder& folder) {
  const std::string path = folder / "end.json";
  Scene scene = app.document().scene();
  save_scene(scene, path);
  const Scene again = load_scene(path);
  scene.file = again.file;
  scene.note = again.note;
  const Shape learned = scene.learning.target == LearningTarget::kHiddenKernel
                            ? scene.learning.hidden.shape()
                            : first_layer(scene).kernel.weight.shape();
  if (scene.learning.start.shape() != learned) scene.learning.start = Tensor();
  EXPECT_TRUE(same(again.input.tensor.get(), scene.input.tensor.get()));
  EXPECT_TRUE(same(again.learning.picture.get(), scene.learning.picture.get()));
  scene.input.tensor = again.input.tensor;
  scene.learning.picture = again.learning.picture;
  EXPECT_TRUE(again.input == scene.input) << again.input.name << " " << again.input.path << ", was "
                                          << scene.input.name << " " << scene.input.path;
  EXPECT_TRUE(again.layers == scene.layers);
  EXPECT_TRUE(again.learning == scene.learning);
}

std::string from_environment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

class Hands : public testing::TestWithParam<int> {};

TEST_P(Hands, LeaveAProgramThatIsRightAndLean) {
  const TempFolder folder;
  const int frames = std::stoi(from_environment("CONVSCOPE_HANDS_FRAMES", std::to_string(kFrames)));
  const std::string seed = from_environment("CONVSCOPE_HANDS_SEED", std::to_string(GetParam()));
  RandomHands hands(std::stoull(seed), folder.path(), from_environment("CONVSCOPE_HANDS_LOG", ""));
  Memory half;
  for (int part = 1; part <= 2; ++part) {
    hands.act_for(frames / 2);
    hands.come_to_rest();
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
    expect_fresh_results(hands.window().app());
    expect_it_can_be_saved(hands.window().app(), folder);
    expect_undo_and_redo_lead_back(hands.window());
    expect_fresh_results(hands.window().app());
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
    hands.clear_the_desk();
    const Memory now = memory_now();
    std::cout << "seed " << seed << ", frame " << frames / 2 * part << ": " << (now.allocated >> 10)
              << " KB allocated, " << (now.resident >> 10) << " KB resident\n";
    if (part == 1) half = now;
    if (part == 2) {
      EXPECT_LE(now.allocated, half.allocated + (std::size_t{8} << 20)) << "seed " << seed;
      EXPECT_LE(now.resident, half.resident + kKept) << "seed " << seed;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Hands, testing::Values(1, 2, 3, 4));

}  // namespace
}  // namespace convscope::program
