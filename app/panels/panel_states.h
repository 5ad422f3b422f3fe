#pragma once

#include "app/panels/backward/backward_state.h"
#include "app/panels/dialogs/array_dialog.h"
#include "app/panels/dialogs/figure_dialog.h"
#include "app/panels/dialogs/file_dialog.h"
#include "app/panels/kernel_page/input_panel.h"
#include "app/panels/kernel_page/kernel_info_panel.h"
#include "app/panels/kernel_page/kernel_panel.h"
#include "app/panels/kernel_page/output_panel.h"
#include "app/panels/kernel_page/pooling_panel.h"
#include "app/panels/layers_page/layers_page.h"
#include "app/panels/learning/error_panel.h"
#include "app/panels/learning/learned_panel.h"
#include "app/panels/learning/learning_panel.h"
#include "app/panels/learning/loss_panel.h"
#include "app/panels/lecture/lecture_state.h"
#include "app/panels/lesson/lesson_panel.h"
#include "app/panels/names.h"
#include "app/panels/parts/style_cache.h"

namespace convscope::panels {

// The state that panels keep between frames, such as zoom, gestures and the heights of their
// controls: as many data members as there are panels with a state. Each panel gets only its own.
struct PanelStates {
  InputPanelState input;
  KernelPanelState kernel;
  KernelInfoPanelState kernel_info;
  OutputPanelState output;
  PoolingPanelState pooling;
  BackwardState backward;
  LayersPageState layers;
  LearningPanelState learning;
  LossPanelState loss;
  ErrorPanelState error;
  LearnedPanelState learned;
  LessonPanelState lesson;
  LectureState lecture;
  FileDialogState file_dialog;
  ArrayDialogState array_dialog;
  FigureDialogState figure_dialog;
  StyleCache styles;

  // That of the gradient where it is shown, that of the target where the pointer is over it, else
  // that of the input.
  Brush& pointed_brush(bool backwards) {
    if (error.target.hovered) return error.target.brush;
    return backwards ? backward.brush : input.brush;
  }
};

}  // namespace convscope::panels
