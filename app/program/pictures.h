#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "app/export/figure_saver.h"
#include "app/panels/dialogs/figure_dialog.h"
#include "app/panels/learning/error_panel.h"
#include "app/program/document/document.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// The pictures and figures that were asked for, until they are files: of the window, which the next
// frame gives, and of cards, which a worker draws.
class Pictures {
 public:
  // `wake` is called from the worker.
  explicit Pictures(std::function<void()> wake) : saver_(std::move(wake)) {}

  // Requests a picture of the window, under the first of the names convscope.png, convscope-2.png
  // ... that is free in the current folder.
  void ask();
  // Returns the file to save the next frame as, once for each request; empty if there is none.
  std::filesystem::path take();

  // Requests a figure of what is shown, or of the window; poll() tells why there can be none.
  // `asked`: a lesson's question is open, whose answer a figure might give away. `axes` has those
  // of the landscape and of the bars.
  void save(const SaveFigure& wanted, const Live& live, const ErrorPanelState& axes, bool asked,
            View& view);
  // Tells the view what was written, and what was not, unless the dialog that asked for it tells
  // that.
  void poll(View& view, FigureDialogState& dialog);
  bool writing() const { return saver_.busy(); }
  // Returns the share of the animation under way that is done, from 0 to 1.
  double share() const { return saver_.share(); }
  // Drops the figures that are not written yet.
  void cancel() { saver_.cancel(); }
  // Blocks until all figures are written.
  void wait() { saver_.wait(); }

 private:
  std::filesystem::path path_;
  std::string refused_;  // why there can be no figure, until poll() has told it
  exports::FigureSaver saver_;
};

// Tells for a moment that a picture was saved as `path`, or in the message bar that it could not be
// saved because of `error`. An empty error means success.
void tell_of_saved_picture(const std::filesystem::path& path, const std::string& error, View& view);

}  // namespace convscope::program
