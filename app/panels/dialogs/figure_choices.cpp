#include "app/panels/dialogs/figure_choices.h"

#include "app/export/panel_figure.h"

namespace convscope::panels {
namespace {

using exports::Panel;

constexpr int kLearn = kWindowFigure - 1;
constexpr int kSweep = kWindowFigure - 2;
static_assert(kSweep == static_cast<int>(Panel::kChain) + 1);

Panel panel_of_tab(LearningTab tab) {
  switch (tab) {
    case LearningTab::kTarget:
      return Panel::kTarget;
    case LearningTab::kLandscape:
      return Panel::kLandscape;
    case LearningTab::kMomentum:
      return Panel::kMomentumMap;
    case LearningTab::kDirections:
      return Panel::kDirections;
    case LearningTab::kError:
      break;
  }
  return Panel::kError;
}

Panel panel_of(Card card, LearningTab tab) {
  switch (card) {
    case Card::kInput:
    case Card::kLayerInput:
      return Panel::kInput;
    case Card::kKernel:
    case Card::kFilters:
      return Panel::kKernel;
    case Card::kAbout:
      return Panel::kFrequency;
    case Card::kOutput:
    case Card::kSum:
      return Panel::kOutput;
    case Card::kPooled:
      return Panel::kPooled;
    case Card::kLearning:
    case Card::kLoss:
      return Panel::kLoss;
    case Card::kError:
      return panel_of_tab(tab);
    case Card::kLearned:
      return Panel::kWeights;
    case Card::kMaps:
      return Panel::kMaps;
    case Card::kChain:
      return Panel::kChain;
    case Card::kFacts:
      break;
  }
  return Panel::kRow;
}

// What a card shows while the gradients are shown; those of the learning show the same.
Panel gradient_of(Card card, const View& view) {
  switch (card) {
    case Card::kInput:
    case Card::kLayerInput:
      return Panel::kInputGradient;
    case Card::kKernel:
    case Card::kFilters:
      return Panel::kKernelGradient;
    case Card::kOutput:
      return Panel::kOutputGradient;
    case Card::kPooled:
      return Panel::kPooledGradient;
    case Card::kMaps:
      return view.layers.stage.part == StagePart::kPooled ? Panel::kPooledGradient
                                                          : Panel::kOutputGradient;
    case Card::kChain:
    case Card::kSum:
    case Card::kFacts:
      return Panel::kBackward;
    default:
      return panel_of(card, view.settings.learning_tab);
  }
}

}  // namespace

bool is_motion(int figure) {
  return figure == kSweep || figure == kLearn;
}

std::string name_of(int figure) {
  if (figure == kWindowFigure) return "window";
  if (figure == kSweep) return "sweep";
  if (figure == kLearn) return "learn";
  return std::string(exports::panel_names()[static_cast<std::size_t>(figure)]);
}

int figure_of(const ShowFigureDialog& wanted, const View& view) {
  for (int figure = 0; figure <= kWindowFigure; ++figure) {
    if (name_of(figure) == wanted.panel) return figure;
  }
  Card card = wanted.card.value_or(view.cards().selected);
  // The views of gradients that have a colour bar.
  if (wanted.panel == "gradient/pooled") card = Card::kPooled;
  if (wanted.panel == "gradient/output") card = Card::kOutput;
  if (wanted.panel == "gradient/input") card = Card::kInput;
  if (wanted.panel == "gradient/maps") card = Card::kMaps;
  const Panel panel =
      view.settings.backward ? gradient_of(card, view) : panel_of(card, view.settings.learning_tab);
  return static_cast<int>(panel);
}

}  // namespace convscope::panels
