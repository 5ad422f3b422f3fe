#include "app/program/link_desk.h"

#include <utility>

#include "app/link/show.h"
#include "engine/core/error.h"

namespace convscope::program {
namespace {

// What cards that an open question keeps back would tell. Weights and results follow from each
// other, so that a question after one keeps back the results too.
link::KeptBack kept_back(CardSet asked) {
  return {has(asked, Card::kInput) || has(asked, Card::kLayerInput),
          has(asked, Card::kKernel) || has(asked, Card::kFilters), asked != 0};
}

}  // namespace

void LinkDesk::take_up(Document& document, View& view) {
  for (const link::Asked& asked : server_.take()) {
    try {
      document.edit(link::edit_of(document.scene(), asked.show));
    } catch (const Error& error) {
      server_.answer({asked.client, link::error_message(error.what())});
      continue;
    }
    view.succeeded();
    view.show(Tell{.text = link::shown_text(asked.show), .undoable = true});
    waiting_.push_back({asked.client, asked.show.layer});
  }
}

void LinkDesk::follow(const Document& document, const Live& live, const View& view) {
  const link::State now{posted_.number + 1, live.results(), live.training().snapshot,
                        live.shared_backward(), kept_back(view.settings.lesson.asked)};
  if (now.results && (now.results != posted_.results || now.training != posted_.training ||
                      now.backward != posted_.backward || now.kept_back != posted_.kept_back)) {
    posted_ = now;
    server_.post(posted_);
  }
  if (waiting_.empty() || !shows(document)) return;
  for (const Waiting& waiting : std::exchange(waiting_, {}))
    server_.answer({waiting.client, link::shown_message(posted_, waiting.layer)});
}

// Returns whether the results are those of the document.
bool LinkDesk::shows(const Document& document) {
  if (!posted_.results) return false;
  if (compared_ == posted_.results && compared_version_ == document.version()) return shows_;
  compared_ = posted_.results;
  compared_version_ = document.version();
  const Scene& scene = document.scene();
  const Scene& evaluated = posted_.results->scene;
  shows_ = evaluated.input.tensor == scene.input.tensor && evaluated.layers == scene.layers;
  return shows_;
}

}  // namespace convscope::program
