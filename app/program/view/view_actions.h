#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "app/program/names.h"
#include "app/scene/page.h"
#include "app/ui/number_format.h"
#include "app/ui/range.h"
#include "engine/core/tensor.h"

// What can be asked of the window: to show something else, or otherwise.
namespace convscope::program {

enum class OpenPurpose { kInput, kAdd, kTarget };
struct ShowOpenDialog {
  OpenPurpose purpose = OpenPurpose::kInput;
};
struct ShowSaveDialog {};
struct ShowMessage {  // one sentence for the message bar
  std::string text;
};
// Which picture and channels all views show; they are brought into range where they are used.
struct ShowPlanes {
  Index sample = 0;         // of the stack of pictures
  Index input_channel = 0;  // of a layer's input; kAllChannels shows an RGB input in its colours
  Index channel = 0;        // of the output
};
inline constexpr Index kAllChannels = -1;
// The same of one layer; the picture is that of all.
struct ShowLayerPlanes {
  std::size_t layer = 0;  // of the scene's, counted from 0
  ShowPlanes planes;
};
struct ShowPage {
  Page page = Page::kKernel;
};
struct ChooseColors {
  ui::MapChoice map = ui::MapChoice::kAuto;
};
struct ChooseRange {  // of a view's colour bar
  std::string view;
  ui::RangeChoice range;
};
struct ChooseNumbers {  // how values are written
  ui::NumberStyle style;
};
enum class ViewCommand {
  kToggleDark,
  kLargerFont,
  kSmallerFont,
  kNormalFont,
  kToggleFullScreen,
  kToggleHelp,
  kToggleKernelInfo,
  kSavePicture,
  kQuit,
};

using ViewAction =
    std::variant<ShowOpenDialog, ShowSaveDialog, ShowMessage, ShowPlanes, ShowLayerPlanes, ShowPage,
                 ChooseColors, ChooseRange, ChooseNumbers, ViewCommand>;

}  // namespace convscope::program
