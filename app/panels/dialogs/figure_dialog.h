#pragma once

#include <array>
#include <filesystem>
#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// How an animation is written.
struct MotionChoice {
  int format = 0;
  Index frames = 200;  // at most
  Index rate = 20;     // frames a second of a GIF
};

// The file that would be replaced by one at `path`, or by so many frames; empty if there is none.
// It is kept, as looking for it reads a folder.
struct FileInTheWay {
  std::string path;
  Index frames = 0;
  std::filesystem::path found;
};

// The state of the dialog in which a figure is saved.
struct FigureDialogState {
  bool open = false;   // whether the dialog must open in the next frame, which resets this
  bool shown = false;  // whether the dialog is open
  int panel = 0;       // in the list of panels
  int format = 0;
  MotionChoice motion;
  Index scale = 2;  // pixels of a PNG or GIF for each unit
  bool numbers = true;
  bool transparent = false;
  std::array<char, 128> title{};
  std::array<char, 1024> typed{};  // the file's path
  FileInTheWay in_the_way;
};

// Opens the dialog for what an action asks for, with a name that is free in the current folder.
// `selected` and `tab` say what an action without a card means.
void show_figure_dialog(FigureDialogState& state, const ShowFigureDialog& wanted, Card selected,
                        LearningTab tab);
// Draws the dialog if it is open, and enqueues the action that saves the figure.
void draw_figure_dialog(const PanelContext& context, FigureDialogState& state);

}  // namespace convscope::panels
