#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "app/lesson/text_block.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/program/lesson/questions.h"

namespace convscope::panels {

// What stands in a sentence in the place of a live value.
struct LiveShown {
  std::string text;
  bool kept_back = false;  // it would give away the answer of an open question
  bool differs = false;    // the author states something else
  std::string tip;         // for its tooltip
};

// The live values of a step, from the results and the snapshot that the panels show. They are
// computed anew only when these, or the open questions, change.
class LiveValues {
 public:
  // Takes up what is new. Returns whether any text may be another than before.
  bool follow(const PanelContext& context);
  const LiveShown& of(const lesson::TextRun& run);

 private:
  LiveShown make(const lesson::TextRun& run) const;

  lesson::StepValues values_;
  const AskedValues* asked_ = nullptr;  // since the first follow()
  std::uint64_t asked_version_ = 0;
  std::uint64_t training_version_ = 0;
  std::uint64_t lectern_version_ = 0;
  Subjects kept_back_ = 0;
  std::unordered_map<const lesson::TextRun*, LiveShown> shown_;
};

}  // namespace convscope::panels
