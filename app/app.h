#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/examples.h"
#include "app/panels/dialogs/file_dialog.h"
#include "app/panels/kernel_page/explanation_panel.h"
#include "app/panels/kernel_page/input_panel.h"
#include "app/panels/kernel_page/kernel_info_panel.h"
#include "app/panels/kernel_page/kernel_panel.h"
#include "app/panels/kernel_page/output_panel.h"
#include "app/panels/kernel_page/pooling_panel.h"
#include "app/panels/layers_page/layers_page.h"
#include "app/panels/learning/landscape_panel.h"
#include "app/panels/learning/learning_panel.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/layout.h"
#include "app/platform/client.h"
#include "app/scene/history.h"
#include "app/session/evaluator.h"
#include "app/session/file_loader.h"
#include "app/session/input_changer.h"
#include "app/session/scene_saver.h"
#include "app/session/worker.h"

namespace convscope {

class Recovery;

// The program without its surface: what is edited, what follows from it, and the frame that shows
// both. All members are called from the UI thread.
class App : public platform::Client {
 public:
  // `painter` must outlive the App. `wake` ends the surface's sleep and is called from workers.
  App(ui::HeatmapPainter& painter, std::function<void()> wake, Scene scene = default_scene(),
      ViewSettings view = {});
  ~App() override;

  bool prepare(float display_scale) override;
  void frame() override;
  std::uint32_t background() const override { return theme_.color.background; }
  std::uint64_t textures_version() const override { return painter_.pictures_version(); }
  void drop(std::span<const std::filesystem::path> paths) override;
  std::string title() const override;
  bool animating() const override;
  void close() override;
  bool wants_quit() const override { return quit_; }
  bool wants_full_screen() const override { return view_.full_screen; }
  std::filesystem::path take_screenshot_path() override;
  void screenshot_saved(const std::filesystem::path& path, const std::string& error) override;

  // Keeps unsaved changes in this folder (empty: nowhere), and offers those that earlier runs have
  // left there. Without it nothing is kept.
  void keep_unsaved_work(const std::filesystem::path& folder, const std::function<void()>& wake);
  // The program must end at once: what is unsaved is written. From any thread. Gives one sentence
  // of how that went.
  std::string write_unsaved_work();

  // Carries out what a panel or the command line asks for.
  void perform(const Action& action);
  // Blocks until everything that was asked for is computed and taken up: for drawing off screen.
  void settle();

  const Scene& scene() const { return scene_; }
  const ResultsPtr& results() const { return results_; }
  const TrainingSnapshotPtr& training() const { return training_; }
  const StageView* stage_view() const { return stage_view_.get(); }
  bool unsaved() const { return unsaved_; }  // since it was opened, or saved last
  // The scene's note, while it is as it was opened or saved; empty for none.
  std::string_view note() const { return unsaved_ ? "" : std::string_view(scene_.note); }
  const ViewSettings& view() const { return view_; }
  // What the panels link to: the cell under the pointer, else the swept or the selected one.
  const Links& links() const { return links_; }
  const Explore& explore() const { return explore_; }
  const KernelInfo& kernel_info() const { return kernel_info_.info; }
  const std::string& message() const { return message_; }
  const ui::ItemRegistry& items() const { return items_; }
  const ui::Theme& theme() const { return theme_; }

 private:
  void poll();
  void take_results(ResultsPtr newest);
  void poll_stage();
  void take_shortcuts();
  void take_explore_keys();
  bool sweeps() const;  // the sweep goes on by itself
  bool shows_learning() const;
  void advance_sweep();
  void draw();
  void find_input_change();
  bool note_waits();
  void draw_kernel_page(const PanelContext& context);
  void draw_layers(const PanelContext& context);
  void draw_lights(const PanelContext& context, const Layout& layout, float dy);
  void draw_message();
  struct PointedLayer {
    std::size_t layer = 0;
    ResultsPtr results;
    ShownPlanes shown;
    const Tensor* output = nullptr;
  };
  PointedLayer pointed_layer() const;
  void copy();   // the plane under the pointer, as rows of numbers
  void paste();  // rows of numbers into the input or the kernel under the pointer
  template <typename View>
  void show(const View& a);
  void edit(const Edit& edit);
  void take_changed(ChangedInput& changed);
  void undo();
  void take_file(LoadedFile& loaded);
  void tell_of_white(const LoadedFile& loaded);
  void take_saved(SavedScene& saved);
  void keep_unsaved();
  void poll_recovery();
  void open_example(const Example& example);
  void save(const SaveScene& wanted);
  // What leaving the scene waits for: its changes are saved, or given up.
  struct Leaving {
    enum class State { kBegins, kAsks, kSaves, kGoes };
    std::optional<OpenScene> next;  // empty: the program ends
    State state = State::kBegins;
  };
  void leave_scene(std::optional<OpenScene> next);
  void go_on_leaving();
  void answer(SaveAnswer answer);
  bool would_lose_work() const;
  void apply_view(ViewCommand command);
  void apply_training(TrainingCommand command);
  void next_stage();
  void seek_keyframe(bool forth);
  void changed();  // the scene: evaluates and trains what follows from it

  ui::HeatmapPainter& painter_;
  ui::Theme theme_;
  ui::ItemRegistry items_;
  ui::EditState edit_;
  float fonts_scale_ = 0.0f;  // at which the fonts were made
  std::optional<bool> styled_dark_;
  ViewSettings view_;

  Scene scene_;
  TensorPtr input_before_;  // as it was when the scene changed last
  Scene saved_;             // as it is in its file
  bool unsaved_ = false;    // the scene differs from that
  History history_;
  Actions actions_;
  std::uint64_t scene_version_ = 0;
  std::uint64_t left_version_ = 0;  // of the scene, when another one was to be read in its place
  std::uint64_t input_version_ = 1;
  std::uint64_t results_version_ = 0;
  std::uint64_t training_version_ = 0;
  ShownChanges changes_;
  std::string shown_note_;
  // Where the pointer was when the note appeared: until it moves, what it happens to be over does
  // not take the note's place.
  std::optional<ImVec2> note_waits_at_;
  TensorPtr drawn_input_;  // in the last frame, and its version
  std::uint64_t drawn_input_version_ = 0;
  ResultsPtr results_;
  TrainingSnapshotPtr training_;
  StageRequest stage_wanted_;  // submitted last
  std::shared_ptr<const StageView> stage_view_;
  std::uint64_t stage_version_ = 0;

  StyleCache styles_;
  Links pointed_;  // the cell under the pointer
  Links links_;
  Explore explore_;
  InputPanelState input_;
  KernelPanelState kernel_;
  KernelInfoPanelState kernel_info_;
  OutputPanelState output_;
  PoolingPanelState pooling_;
  LayersPageState layers_;
  LearningPanelState learning_;
  LandscapePanelState landscape_;
  std::optional<Stage> stage_;  // of the present step, in slow motion
  FileDialogState file_dialog_;
  std::string message_;
  bool message_is_error_ = false;
  double busy_since_ = -1.0;
  std::optional<SaveScene> save_next_;  // when the input has changed: only the last wish is kept
  std::optional<Leaving> leaving_;
  bool quit_ = false;
  std::filesystem::path screenshot_;

  // Last: their workers wake the rest.
  Evaluator evaluator_;
  Trainer trainer_;
  FileLoader loader_;
  InputChanger changer_;
  SceneSaver saver_;
  Worker<StageRequest, StageView> stage_maker_;
  GradientExplainer gradients_;
  std::unique_ptr<Recovery> recovery_;  // null where nothing is kept
};

// What the window shows, as lines of text: one for each figure.
std::vector<std::string> figures(const App& app);

}  // namespace convscope
