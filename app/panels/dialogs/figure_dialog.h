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
  bool no_folder = false;  // the file would stand in a folder that is not there
};

// Why a figure was not saved, and what was asked for then: the reason counts only as long as the
// same is asked for.
struct RefusedFigure {
  std::string asked;
  std::string why;
};

// The state of the dialog in which a figure is saved. Its data members are what can be chosen
// there, and how far the dialog has come.
struct FigureDialogState {
  bool open = false;   // whether the dialog must open in the next frame, which resets this
  bool shown = false;  // whether the dialog is open
  int panel = 0;       // in kFigures
  int format = 0;
  MotionChoice motion;
  Index scale = 2;  // pixels of a PNG or GIF for each unit
  bool numbers = true;
  bool transparent = false;
  std::array<char, 128> title{};
  std::array<char, 1024> typed{};  // the file's path
  FileInTheWay in_the_way;
  bool awaited = false;  // whether the figure that was asked for last is still to be saved
  RefusedFigure refused;
};

// Opens the dialog for what an action asks for, with a name that is free in the current folder.
// `view` says what an action without a card means.
void show_figure_dialog(FigureDialogState& state, const ShowFigureDialog& wanted, const View& view);
// Tells the dialog what became of the figure that it awaits: an empty text where it was saved, else
// why not, for which it opens again. Returns whether it has told that; else somebody else must.
bool tell_figure_dialog(FigureDialogState& state, const std::string& why);
// Draws the dialog if it is open, and enqueues the action that saves the figure.
void draw_figure_dialog(const PanelContext& context, FigureDialogState& state);

}  // namespace convscope::panels
